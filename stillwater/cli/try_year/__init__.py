"""The made-up home of ``--try``: a year that nobody lived, taken in as an import takes mail in.

``texts/`` has the words and when they came, ``scenes`` reads them, ``mails`` makes files of
them, ``year`` feeds them to the gate, and ``folder`` holds the home while the program runs.
"""
