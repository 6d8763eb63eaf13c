# What the command line says.
demo-without-display = No display was found: the demonstration runs without a window and writes its report to prognostim-demo.
compare-takes = Comparing the models will take about { $n ->
        [one] one second
       *[other] { $n } seconds
    }.
seconds-left = { $n ->
        [one] { $n } second left
       *[other] { $n } seconds left
    }
issue-no-window-built = This program was built without its window.
    .remedy = Use the command line: prognostim analyse COHORT --out FOLDER; prognostim --help says more.
issue-unknown-sample = There is no sample cohort “{ $name }”.
    .remedy = Choose one of { $names }.
issue-output-closed = The answer could not be written: { $detail }
issue-study-without-cohort = This study was saved without its patients.
    .remedy = Analyse the cohort file instead.
export-left-out = Left out because they may name patients (--keep-id keeps them): { $columns }
export-excluded = { $n ->
        [one] One patient was left out
       *[other] { $n-text } patients were left out
    }, as decided in the study.
