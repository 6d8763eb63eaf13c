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

issue-key-missing = The key { $key } that makes this study’s pseudonyms is not on this computer.
    .remedy = Copy the file from the computer on which the study was made, into the same folder of keys. Without it the study opens as before, but corrections find their patients in a newer export by row only, and the pseudonyms can’t be made again: a lost key can’t be replaced.
issue-key-damaged = The key file { $path } is damaged.
    .remedy = Put a copy of it in its place. A lost key can’t be replaced; without it corrections find their patients in a newer export by row only.
issue-key-collision = Two patients would have the same pseudonym, so none were given.
    .remedy = This is very rare. Patients are called by row (P001) instead; a new study gets another key.
