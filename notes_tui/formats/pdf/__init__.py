"""PDFs: which work they are, their outline, and their annotations with the words under them.

PDFium does the parsing (``pdfium``; an optional part of the program). ``annotations`` reads what a page's
``/Annots`` say, ``text_page`` and ``layout`` the lines in reading order, ``marked`` the letters under a
mark, ``words`` makes words of letters, ``outline`` and ``guessing`` tell where and what; ``reading`` puts
them together, and ``apart`` does that in a process of its own.
"""

from __future__ import annotations

from notes_tui.formats.pdf.apart import page_texts_apart, read_pdf_apart
from notes_tui.formats.pdf.reading import page_texts, read_pdf, read_pdf_bytes

__all__ = ["page_texts", "page_texts_apart", "read_pdf", "read_pdf_apart", "read_pdf_bytes"]
