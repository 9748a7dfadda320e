"""Vacancy: evidence in, a conclusion with its reasons out."""
