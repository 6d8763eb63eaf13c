# What the import refuses, notices and understands.
stage-import = reading the file

issue-file-missing = The file { $file } does not exist.
    .remedy = Check the name and the folder; on a network drive, check that it is connected.
issue-file-unreadable = The file { $file } can’t be read: { $detail }
    .remedy = Close it in other programs, check that you may read it, or copy it to your own folder.
issue-file-is-folder = { $file } is a folder, not a file.
    .remedy = Choose the cohort file inside it.
issue-file-too-large = The file { $file } has { $size } MB; at most { $limit } MB are read.
    .remedy = Keep only the columns and patients that are needed, or save a workbook as csv.
issue-file-empty = The file { $file } is empty.
    .remedy = Export the cohort again and check the file’s size.
issue-file-not-text = The file { $file } is no table: it holds binary data, not text.
    .remedy = Open it in the program that made it and save it as .xlsx or as .csv.
issue-file-is-html = The file { $file } is a web page or XML under another name, as some hospital systems export it.
    .remedy = Open it in a spreadsheet program and save it as .xlsx or as .csv.
issue-file-is-study = The file { $file } is a study of this program, not a cohort.
    .remedy = Open it as a study.
issue-workbook-encrypted = The workbook { $file } is protected by a password.
    .remedy = Open it in the spreadsheet program, remove the password (File, Info, Protect) and save a copy as .xlsx.
issue-zip-not-workbook = The file { $file } is a zip archive, not a workbook.
    .remedy = Unpack it and choose the cohort file inside.
issue-workbook-damaged = The workbook { $file } is damaged or incomplete.
    .remedy = Open it in a spreadsheet program, which may repair it, and save it again; or export it anew.
issue-workbook-expands = The workbook { $file } would unpack to far more than a cohort needs; it was not opened.
    .remedy = If you trust it, open it in a spreadsheet program, delete empty formatted rows and columns and unused sheets, and save it as .csv.
issue-workbook-no-table = The workbook { $file } holds no table with a header and at least two columns.
    .remedy = Put one patient in each row and one measure in each column, with the headers in one row above.
issue-workbook-too-many-sheets = The workbook has { $n } sheets; at most { $limit } are read.
    .remedy = Copy the sheets of the cohort to a workbook of their own.
issue-table-too-large = The table is too large: more than { $limit-text } cells, empty ones included.
    .remedy = Look for a stray cell far below or to the right of the data, and delete it; or keep fewer columns.
issue-too-many-columns = The table has { $n-text } columns; at most { $limit-text } are read.
    .remedy = Look for stray cells to the right of the data, or keep only the columns that are needed.
issue-single-column = Only one column was found in { $file }. It begins with “{ $found }”.
    .remedy = Choose the delimiter by hand, or check that this is the cohort file.
issue-duplicate-header = The header “{ $column }” stands twice, in columns { $first } and { $second }.
    .remedy = Give each column its own header in the source file, then import it again.
issue-no-patients = There is a header but no patient below it.
    .remedy = Check that this is the right file and the right sheet.
issue-encoding-unknown = “{ $found }” is no encoding that the program knows.
    .remedy = Use a name such as utf-8, windows-1252, utf-16le or macintosh.
issue-delimiter-unknown = “{ $found }” can’t part columns.
    .remedy = Use a semicolon, a comma, a tab or a vertical bar.
issue-decimal-mark-unknown = “{ $found }” is no decimal mark.
    .remedy = Use a point or a comma.
issue-date-order-unknown = “{ $found }” is no order of day, month and year.
    .remedy = Use dmy, mdy or ymd.
issue-sheet-unknown = The workbook has no table on a sheet called “{ $found }”.
    .remedy = Its tables are on: { $names }.
issue-sheet-of-text = A sheet (“{ $found }”) was asked for, but { $file } is no workbook.
    .remedy = Leave out the sheet.

issue-replacement-characters = { $n ->
        [one] One character
       *[other] { $n-text } characters
    } can’t be read in the encoding { $encoding } and show as “�”.
    .remedy = Choose another encoding (windows-1252 is usual for French exports), or save the file as UTF-8.
issue-encoding-guessed = The encoding was recognised as { $encoding }.
    .remedy = Where accents look wrong, choose another encoding.
issue-decimal-mark-mixed = Numbers are written with decimal commas ({ $commas-text }) and with decimal points ({ $points-text }); “{ $mark }” was taken as the decimal mark.
    .remedy = Write all numbers alike in the source, or choose the decimal mark by hand.
issue-decimal-mark-undecided = Every number with a mark has three digits after it, so that it may be a decimal or a thousand; “{ $mark }” was read as the decimal mark.
    .remedy = Look at a few values, and choose the decimal mark by hand if they are wrong.
issue-date-order-mixed = In “{ $column }”, { $days-text } dates can only be read with the day first and { $months-text } only with the month first; the column was read as { $order }.
    .remedy = Write all dates alike in the source; dates that do not exist in this order are listed and left missing.
issue-date-order-undecided = No date shows whether the day or the month comes first ({ $n-text } in “{ $column }” read both ways): “{ $found }” is { $dmy } with the day first and { $mdy } with the month first. They were read as { $order }.
    .remedy = Look at a date that you know, and choose the order of the column or of the file if it is wrong.
issue-preamble-skipped = { $n ->
        [one] One line above the header was
       *[other] { $n } lines above the header were
    } skipped: “{ $found }”.
issue-ragged-row = The row has { $n } cells where the header has { $expected }. Cells without a header were left out, absent ones are missing.
    .remedy = Look for a delimiter or a quotation mark inside a text of this row.
issue-quote-unclosed = A cell holds { $n-text } line breaks: its quotation mark was probably never closed, and the rows after it were swallowed.
    .remedy = Remove or double the quotation mark in this row of the source.
issue-header-missing = Column { $position } has values but no header; it is called “{ $column }”.
    .remedy = Write a header in the source.
issue-formula-without-value = The formula in this cell has no stored result, so the cell was read as empty.
    .remedy = Open the workbook in a spreadsheet program and save it: that stores the results.
issue-more-cells = { $n ->
        [one] One more cell of this column has
       *[other] { $n-text } more cells of this column have
    } the same problem as those listed.
issue-sheet-left-out = The sheet “{ $sheet }” names the same patients but has several rows a patient and no visit column; it was left out.
    .remedy = Add a column that says the visit (M1, M6, M12), or keep one row a patient.
issue-long-form = The table has one row a visit: { $rows-text } rows of { $patients-text } patients. What changes between visits became one column a visit.
issue-no-identifier = No column identifies the patients; they are called by their row.
    .remedy = Add a column with a pseudonym for each patient, headed “id”.
issue-id-missing = The row has no patient identifier.
    .remedy = Fill in the identifier in the source.
issue-duplicate-id = The identifier “{ $found }” stands already in row { $first }. Both rows were kept as two patients; visits are joined to the first.
    .remedy = Delete the row in the source if it is the same patient, or correct the identifier.
issue-rows-not-patients = { $rows-text } rows have only { $patients-text } different identifiers: a row does not seem to be a patient.
    .remedy = Keep one row a patient, or add a column that says the visit so that the rows can be joined.
issue-unmatched-id = No patient of the patients sheet has the identifier “{ $found }”; the row was not used.
    .remedy = Correct the identifier, or add the patient to the patients sheet.
issue-visit-missing = The row does not say its visit and was not used.
    .remedy = Fill in the visit in the source.
issue-duplicate-visit = The visit { $visit } of patient “{ $found }” stands already in row { $first }; the first row was used.
    .remedy = Delete or correct one of the two rows in the source.
issue-column-renamed = A column “{ $column }” exists already; this one is called “{ $name }”.
    .remedy = Give the columns different headers in the source.
issue-column-empty = The column “{ $column }” holds no value.
issue-one-level = All values of “{ $column }” are “{ $found }”.
issue-level-spelling = In “{ $column }”, { $others } was read as “{ $found }”.
issue-mixed-column = “{ $column }” holds { $n-text } numbers among { $n_values-text } values and was read as text.
    .remedy = Correct the values that are not numbers if the column should be numeric.
issue-direct-identifier = “{ $column }” seems to hold names or addresses. It is never used as a predictor.
    .remedy = Remove it from the file before sharing anything.
issue-missing-word = “{ $found }” was read as missing in “{ $column }” ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }).
issue-spreadsheet-error = The spreadsheet shows the error { $found } here; the cell was read as missing.
    .remedy = Repair the formula in the source.
issue-number-unreadable = “{ $found }” is not a number; the cell was read as missing.
    .remedy = Write a plain number in the source, or leave the cell empty.
issue-date-among-numbers = A date ({ $found }) stands among numbers; the cell was read as missing. Spreadsheets turn entries such as 7/10 into dates.
    .remedy = Write the number again in the source, in a cell formatted as a number.
issue-date-unreadable = “{ $found }” is not a date that exists; the cell was read as missing.
    .remedy = Write the date as 2024-05-31 in the source.
issue-two-digit-years = In “{ $column }”, { $n ->
        [one] one date has
       *[other] { $n-text } dates have
    } a year of two digits: up to 49 it was read as 20.., from 50 on as 19...
    .remedy = Write years with four digits.
issue-time-left-out = In “{ $column }”, { $n ->
        [one] one date has
       *[other] { $n-text } dates have
    } a time of day; it was left out.
issue-day-numbers = In “{ $column }”, { $n ->
        [one] one number was
       *[other] { $n-text } numbers were
    } read as dates: spreadsheets store dates as days.
    .remedy = Check one of them; format the column as dates in the source.
issue-percent-signs = In “{ $column }”, { $n ->
        [one] one number is
       *[other] { $n-text } numbers are
    } written with a per cent sign; 70 % was read as 70.
issue-thousands-mark = In “{ $column }”, { $n ->
        [one] one number is
       *[other] { $n-text } numbers are
    } written with the thousands apart.
issue-other-decimal-mark = In “{ $column }”, { $n ->
        [one] one number is
       *[other] { $n-text } numbers are
    } not written with the file’s decimal mark “{ $mark }”; 7.5 and 7,5 were read alike.
    .remedy = Check these values; write all numbers alike.
issue-numbers-as-text = In “{ $column }”, { $n ->
        [one] one number is
       *[other] { $n-text } numbers are
    } stored as text in the workbook; they were read as numbers.

issue-codebook = Described in the codebook.
issue-kind-empty = no value
issue-kind-identifier = header of an identifier, { $n-text } different values of { $n_values-text }
issue-kind-date = { $n-text } of { $n_values-text } values are dates
issue-kind-zero-one = { $n-text } of { $n_values-text } values are 0 or 1
issue-kind-numeric = { $n-text } of { $n_values-text } values are numbers
issue-kind-yes-no = { $n-text } values say yes or no
issue-kind-levels = { $k } different texts in { $n-text } values
issue-kind-text = { $n-text } different or long texts

kind-identifier = identifier
kind-numeric = number
kind-binary = two levels
kind-categorical = levels
kind-date = date
kind-text = text

check-title = What was understood of { $file }
check-size = { $patients-text } patients, { $columns-text } columns
check-dialect = Encoding { $encoding }, delimiter “{ $delimiter }”
check-decimal-mark = decimal mark “{ $mark }”
check-date-order = dates { $order }
check-tab = tab
check-sheets = Sheets
check-sheet-used = { $name }: { $rows-text } rows, used
check-sheet-unused = { $name }: not used
check-columns = Columns
check-head-name = name
check-head-kind = kind
check-head-unit = unit
check-head-meaning = meaning
check-head-timing = measured
check-head-missing = missing
check-issues = Issues
check-counts = { $errors ->
        [one] one error
       *[other] { $errors-text } errors
    }, { $warnings ->
        [one] one warning
       *[other] { $warnings-text } warnings
    }, { $notes ->
        [one] one note
       *[other] { $notes-text } notes
    }
check-located = { $place }: { $message }
check-no-issues = Nothing to note.
check-masked = ‹masked›
check-proposals = Repairs that you may accept
check-proposal = --accept { $code }: { $n ->
        [one] one cell
       *[other] { $n-text } cells
    }

issue-header-row-unknown = Row { $row } holds no header: it is empty, or the sheet ends before it.
    .remedy = Choose the row in which the names of the columns stand.
issue-header-rows-unknown = A header of { $n } rows can’t be read; it may have 1 to { $limit }.
    .remedy = Choose 1, 2 or 3 header rows.
issue-skip-rows-unknown = Rows { $from } to { $to } are no rows that can be left out.
    .remedy = Rows count from 1, and the first comes before the last.
issue-range-unknown = “{ $found }” is no range of cells.
    .remedy = Write the range as a spreadsheet does, such as B3:AF200, or B:AF for whole columns.
issue-range-empty = The range { $found } holds nothing.
    .remedy = Check the range against the sheet.
issue-codebook-unreadable = The file { $file } is no codebook: it has no column for the names of the variables and none for their labels or units.
    .remedy = Choose the data dictionary of the cohort, or a table with the headers “variable” and “label”.
issue-codebook-beside = A codebook lies beside this file: { $found }. It was not read.
    .remedy = Choose it as the codebook to use its labels, ranges and codes.
issue-range-left-out = Left out because outside the range { $found }: { $n ->
        [one] one cell
       *[other] { $n-text } cells
    }.
issue-rows-skipped = Left out with the rows to skip: { $n ->
        [one] one cell
       *[other] { $n-text } cells
    }.
issue-merged-cells-filled = Merged over several rows, and read in each of them: { $n ->
        [one] one cell
       *[other] { $n-text } cells
    }.
    .remedy = Check a few of these rows; write the value in each row of the source.
issue-header-repeated = The header stands once more in this row; the row was not read as a patient.
issue-totals-row = The row “{ $found }” sums up other rows and was left out ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }).
    .remedy = Nothing is to be done if it is a total. If it is a patient, give the row an identifier.
issue-notes-below = { $n ->
        [one] One line below the table was
       *[other] { $n } lines below the table were
    } read as a note, not as a patient: “{ $found }”.
issue-header-shifted = Every row has one cell more than the header; the first column was taken to have no header.
    .remedy = Check that the values stand below the right headers; give the first column a header.
issue-sheet-of-words = The sheet “{ $sheet }” holds no table and was not used ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }).
issue-sheet-not-joined = A further table (header in row { $row }, { $rows-text } rows) does not name the patients of the cohort and was left out ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }).
    .remedy = To join it, add a column with the same identifiers and the same header as in the patients’ table.
issue-sheet-left-out-by-choice = The sheet “{ $sheet }” was left out by choice ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }).
issue-sheet-to-leave-out-unknown = There is no table on a sheet called “{ $found }”, which was to be left out.
    .remedy = Check the name, or take the sheet off the list.
issue-redcap-repeats-left-out = { $rows ->
        [one] One row
       *[other] { $rows-text } rows
    } of repeated instruments were left out ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }): of each instrument the first instance was kept.
    .remedy = If another instance is the right one, keep it alone in the export.
issue-id-blanks = The identifier “{ $found }” differs from that in row { $first } by blanks only. Both rows were kept as two patients; visits are joined to the first.
    .remedy = Delete the blanks in the source, and the row if it is the same patient.
issue-id-blanks-joined = The identifier “{ $found }” has other blanks around it than in the patients’ table; the row was joined all the same.
    .remedy = Delete the blanks in the source.
issue-id-matched-loosely = The identifier “{ $found }” was taken for that in row { $first } of the patients: they differ only in leading zeros or in capital letters.
    .remedy = Check that it is the same patient, and write the identifier alike everywhere.
issue-patients-without-visit = { $n ->
        [one] One patient has
       *[other] { $n-text } patients have
    } no row in the table of visits (patient number { $patients }).
    .remedy = Check whether their visits are missing or named by another identifier.
issue-column-left-out = “{ $column }” was left out by choice ({ $n ->
        [one] one cell
       *[other] { $n-text } cells
    }).
issue-column-choice-unused = The file has no column “{ $column }”, for which a way of reading was chosen.
    .remedy = Check the header, or take the choice back.
issue-code-unknown = “{ $found }” is none of the codes that the codebook lists for “{ $column }”; the cell was read as missing.
    .remedy = Correct the cell in the source, or complete the codebook.
issue-censored-value = “{ $found }” only says that the value is { $sign } { $bound }; the cell was read as missing.
    .remedy = Decide which value is to stand for it, and write it in the source or as a correction.
issue-score-unlike = “{ $found }” is a score out of another number of points than the rest of the column, or above them; the cell was read as missing.
    .remedy = Write all scores of the column out of the same number of points.
issue-unit-unlike = “{ $found }” is in { $unit }, the column in { $usual }; the cell was read as missing.
    .remedy = Convert the value in the source, or write it as a correction.
issue-unit-alone = “{ $found }” says its unit ({ $unit }) and most values of the column do not, so that it may be another; the cell was read as missing.
    .remedy = Write the unit into the header of the column if it is the same for all; else convert the value as a correction.
issue-row-nearly-empty = The row holds nothing but “{ $found }”; it was read as a patient of whom nothing else is known.
    .remedy = If it is a heading between the patients, leave the row out under “File”, or exclude it with a reason.
issue-scores-out-of = In “{ $column }”, { $n ->
        [one] one score is
       *[other] { $n-text } scores are
    } written out of { $of }; 7/{ $of } was read as 7.
issue-units-beside = In “{ $column }”, { $n ->
        [one] one number is
       *[other] { $n-text } numbers are
    } written with the unit { $unit }; the number was read.
issue-kind-coded = { $n-text } of { $n_values-text } values are codes of the codebook: { $codes }
issue-kind-form-status = status of a form in REDCap, no measure

issue-workbook-too-demanding = Reading { $file } took too much memory or time and was stopped.
    .remedy = Open it in a spreadsheet program, delete empty formatted rows and columns and unused sheets, and save it as .xlsx or as .csv (UTF-8).
issue-workbook-path = The file { $file } holds an entry whose name leads out of the file, as no spreadsheet program writes it; it was not opened.
    .remedy = Ask who gave you the file. If you trust it, open it in a spreadsheet program and save it again.
issue-reader-absent = The part of the program that reads this kind of file could not be started ({ $detail }).
    .remedy = Install the program again, or save the file as .xlsx or as .csv (UTF-8).
issue-column-type-unread = The column “{ $column }” holds values of the type { $kind }, which is not read; it was left out.
    .remedy = Export it as plain numbers, texts or dates if it is needed.
issue-quote-unknown = “{ $found }” can’t stand around cells.
    .remedy = Use a double or a single quotation mark, or none.
issue-quote-literal = A quotation mark opens in this row and never closes; it was read as part of the text.
    .remedy = Remove or double the quotation mark in this row of the source.
issue-colours-are-not-data = { $n ->
        [one] One cell of this sheet has
       *[other] { $n-text } cells of this sheet have
    } a fill colour of their own ({ $cells }). Colours are not data: what they mean was not read.
    .remedy = If a colour means something, add a column that says it in words.
issue-header-holds-values = This row was read as the header, but it holds numbers or dates: the table may have no header, and this row may be a patient.
    .remedy = Put the names of the columns in a row above the data, or choose the row of the header.
issue-months-in-words = In “{ $column }”, { $n ->
        [one] one date has
       *[other] { $n-text } dates have
    } the month in words.
issue-formula-as-text = A spreadsheet would run “{ $found }” as a formula; it was read as text and never run.
    .remedy = Put in the source what the cell is meant to hold, if it is not this text.
issue-codebook-alone = This file is a dictionary of { $n-text } variables, not a table of patients.
    .remedy = Open the export of the data, and choose this file as its dictionary while you open it.
