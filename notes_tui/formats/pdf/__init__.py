"""PDFs: which work they are, their outline, and their annotations with the words under them.

PDFium does the parsing (``pdfium``; an optional part of the program). ``annotations`` reads what a page's
``/Annots`` say, ``text_page`` and ``layout`` the lines in reading order, ``marked`` the letters under a
mark, ``words`` makes words of letters, ``outline`` and ``guessing`` tell where and what; ``reading`` puts
them together, and ``apart`` does that in a process of its own.

Nothing is imported here: those who look through all formats do not pay for it.
"""
