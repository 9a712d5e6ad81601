"""Reading a workbook, a file or one open in Excel, into a Ledger: ``reading`` goes this way, once.

=============== ====================================================================================
``book``        the port: an open workbook and its sheets. ``file`` answers for a file: ``package``
                (zip) → ``sheet_xml``, ``texts``, ``looks``, ``days`` → ``cells`` → ``workbook_file``
``stamp``       whose workbook it is: the plan in its hidden record
``our_tables``  every table is located once (``tables``), and said to be one of ours
``rows``        rows of indicators and 施策; which column is which field ``columns`` says, by headings
``counts``      KPI counts of goals without KPI rows, and what 集計 shows
``settings``    設定 and the list of 担当課
``copied_tables`` what was typed into a second table of the same kind only
``remarks``     comments, and what people wrote outside our tables
=============== ====================================================================================

What each of them gives is put together in the Ledger; none of them asks one that comes after it.
"""
