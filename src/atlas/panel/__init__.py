"""Panel: the answers of respondents become weighted figures of regions; no respondent leaves this room."""

__all__ = ["figures", "questions", "reading"]
