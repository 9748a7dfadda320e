"""Records: what an import, a package from the field, a judgement or a term changes in a dossier."""
