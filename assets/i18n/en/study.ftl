# Study files on disk.
issue-study-damaged = The study file { $path } is damaged: { $detail }
    .remedy = The file was left as it is. Open the previous version beside it (the same name with ~ at the end), or a backup.
issue-study-newer = The study file { $path } was written by a newer version of Prognostim.
    .remedy = The file was left as it is. Install the newer version and open it there.
issue-study-not-a-study = The file { $path } is not a Prognostim study.
    .remedy = Choose a file that ends in .prognostim; a cohort (csv or xlsx) is opened with Import.
issue-study-locked = The study { $path } is being edited in another window.
    .remedy = Close it there first; two editors would overwrite each other’s work.
issue-study-column-left-out = The column “{ $column }” was left out of the study file, because identifiers and free text may name a patient.
    .remedy = Nothing needs to be done; the source file still holds it.
