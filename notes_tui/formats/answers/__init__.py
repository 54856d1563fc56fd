"""What services answer when they are asked about works: arXiv's Atom, the JSON of Crossref and of OpenAlex.

Every reader takes the bytes of an answer and distrusts them: what is no answer of its kind raises
:class:`~notes_tui.errors.UnreadableFileError`, a work that is not understood is left out.
"""
