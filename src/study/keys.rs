//! Keyed pseudonyms: the same patient has the same one in every export of a centre, and nobody without the
//! key can tell which.
//!
//! A study names its key and never holds it. The key lies apart, in the user's own data folder, readable
//! by its owner only; copying it to another computer is for a person to do. Without it corrections
//! find their patients in a newer export by row only, which is said.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::base::disk::{self, Readers};
use crate::base::issue::{Failure, Issue};
use crate::cohort::Cohort;
use crate::study::Study;

/// Bytes of a key.
const N_BYTES: usize = 32;
/// Characters of a pseudonym behind `P-`: forty bits. Of 10,000 patients two share one in 1 of 20,000 studies.
const N_CHARACTERS: usize = 8;
/// Base 32 of RFC 4648: capitals and digits without 0, 1, 8 and 9, which look like letters.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret key. It is never shown, printed or put into a study.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; N_BYTES]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A new random key. Fails where the system has no random numbers.
    pub fn random() -> Result<Self, Failure> {
        let mut bytes = [0; N_BYTES];
        random(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The pseudonym of an identifier: `P-7K3QX2MA`.
    pub fn pseudonym(&self, identifier: &str) -> Result<String, Failure> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        mac.update(identifier.as_bytes());
        let digest = mac.finalize().into_bytes();
        let mut bits = digest
            .iter()
            .take(8)
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut text = String::from("P-");
        for _ in 0..N_CHARACTERS {
            let letter = ALPHABET.get((bits >> 59) as usize).copied().unwrap_or(b'A');
            text.push(char::from(letter));
            bits <<= 5;
        }
        Ok(text)
    }
}

fn random(bytes: &mut [u8]) -> Result<(), Failure> {
    getrandom::fill(bytes).map_err(|error| {
        Issue::error("internal")
            .with("detail", error.to_string())
            .into()
    })
}

/// Where keys lie: `prognostim/keys` in the user's data folder (`$XDG_DATA_HOME`, `%APPDATA%`, or the usual
/// place in the home folder); `None` where the system names none.
pub fn folder() -> Option<PathBuf> {
    let named = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let in_home = |inside: &str| named("HOME").map(|home| home.join(inside));
    let data = if cfg!(windows) {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        named("XDG_DATA_HOME").or_else(|| in_home("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").or_else(|| in_home(".local/share"))
    };
    data.map(|data| data.join("prognostim").join("keys"))
}

/// The file of a key; `None` for a name that no key has, so that a forged study can't point elsewhere.
pub fn path(folder: &Path, id: &str) -> Option<PathBuf> {
    let is_name = (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_hexdigit());
    is_name.then(|| folder.join(format!("{id}.key")))
}

/// The key of a study, made where it has none yet. Fails with `key-missing` where its key is not here.
pub fn of_study(folder: &Path, study: &mut Study) -> Result<Key, Failure> {
    if let Some(id) = &study.key_id {
        return read(folder, id);
    }
    let mut name = [0; 8];
    random(&mut name)?;
    let id: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = Key::random()?;
    disk::make_folder(folder)?;
    let path = path(folder, &id).ok_or_else(|| missing(&id))?;
    let text: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
    disk::write_whole(&path, format!("{text}\n").as_bytes(), Readers::Owner)?;
    study.key_id = Some(id);
    Ok(key)
}

fn read(folder: &Path, id: &str) -> Result<Key, Failure> {
    let path = path(folder, id).ok_or_else(|| missing(id))?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(missing(id)),
        Err(error) => return Err(disk::failure(&error, &path)),
    };
    let mut bytes = [0; N_BYTES];
    let text = text.trim();
    let is_whole = text.len() == 2 * N_BYTES && text.is_ascii();
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        *byte = u8::from_str_radix(digits, 16).map_err(|_no_number| damaged(&path))?;
    }
    if is_whole {
        Ok(Key(bytes))
    } else {
        Err(damaged(&path))
    }
}

fn missing(id: &str) -> Failure {
    Issue::error("key-missing")
        .with("key", format!("{id}.key"))
        .into()
}

fn damaged(path: &Path) -> Failure {
    Issue::error("key-damaged")
        .with("path", path.display().to_string())
        .into()
}

/// Gives every patient of a cohort, as it was read from its source, the keyed pseudonym of the identifier.
///
/// Nothing is set where the cohort has no identifiers: a row number is nobody's name. A patient without
/// one is named by the row. A snapshot brings its pseudonyms along; they are not made anew from `P001`.
/// Fails where two identifiers have the same pseudonym, and then sets nothing.
pub fn assign(cohort: &mut Cohort, key: &Key) -> Result<(), Failure> {
    if cohort.id_variable().is_none() || cohort.row_keys.len() == cohort.n_rows() {
        return Ok(());
    }
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut row_keys = Vec::with_capacity(cohort.n_rows());
    for (row, id) in cohort.known_ids().into_iter().enumerate() {
        // No identifier of a file holds a line feed: a row can't be taken for a patient.
        let id = id.unwrap_or_else(|| format!("row\n{row}"));
        let pseudonym = key.pseudonym(&id)?;
        let owner = owners
            .entry(pseudonym.clone())
            .or_insert_with(|| id.clone());
        if *owner != id {
            return Err(Failure::new("key-collision"));
        }
        row_keys.push(pseudonym);
    }
    cohort.row_keys = Arc::new(row_keys);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::base::text::Lang;
    use crate::study::{open, save};

    #[test]
    fn a_pseudonym_is_the_known_hmac_and_the_same_each_time() {
        // RFC 4231, test case 2, with the key filled up with zeros as HMAC does itself:
        // HMAC-SHA-256("Jefe", "what do ya want for nothing?") begins with 5bdcc146bf.
        let mut bytes = [0; N_BYTES];
        bytes[..4].copy_from_slice(b"Jefe");
        let key = Key(bytes);
        let pseudonym = key.pseudonym("what do ya want for nothing?").unwrap();
        // 5bdcc146bf in groups of five bits: 11, 15, 14, 12, 2, 17, 21, 31.
        assert_eq!(pseudonym, "P-LPOMCRV7");
        assert_eq!(format!("{key:?}"), "Key(…)");
    }

    #[test]
    fn a_key_is_made_once_and_read_again_by_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("keys");
        let mut study = Study::default();
        let first = of_study(&folder, &mut study).unwrap();
        assert_eq!(of_study(&folder, &mut study).unwrap(), first);
        let other = of_study(&folder, &mut Study::default()).unwrap();
        assert_ne!(first, other);
        let path = path(&folder, study.key_id.as_deref().unwrap()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        fs::write(&path, "half").unwrap();
        let damaged = of_study(&folder, &mut study).unwrap_err();
        fs::remove_file(&path).unwrap();
        let missing = of_study(&folder, &mut study).unwrap_err();
        study.key_id = Some("../../../etc/passwd".to_owned());
        let forged = of_study(&folder, &mut study).unwrap_err();
        assert_eq!(damaged.issue().code, "key-damaged");
        for failure in [missing, forged] {
            assert_eq!(failure.issue().code, "key-missing");
            assert!(
                Lang::ALL
                    .iter()
                    .all(|lang| lang.remedy(&failure.issue()).is_some())
            );
        }
    }

    #[test]
    fn a_study_holds_keyed_pseudonyms_and_neither_identifiers_nor_the_key() {
        let home = tempfile::tempdir().unwrap();
        let mut study = Study::default();
        let key = of_study(home.path(), &mut study).unwrap();
        let mut cohort = fixture::cohort();
        assign(&mut cohort, &key).unwrap();
        let keys = cohort.row_keys.clone();
        assert_eq!(keys.len(), cohort.n_rows());
        assert!(
            keys.iter()
                .all(|key| key.len() == 10 && key.starts_with("P-"))
        );
        let different: std::collections::BTreeSet<&String> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
        study.notes.insert("P003".to_owned(), "call".to_owned());
        study.call_by_key(&mut cohort, true);
        assert_eq!(study.notes.get(&keys[2]).map(String::as_str), Some("call"));
        let path = home.path().join("a.prognostim");
        save(&path, &study, Some(&cohort), Some(&fixture::analysis())).unwrap();
        let opened = open(&path).unwrap();
        let mut snapshot = opened.cohort.unwrap();
        assert_eq!(snapshot.row_keys, keys);
        assert_eq!(
            (snapshot.ids(), snapshot.pseudonyms()),
            (keys.to_vec(), keys.to_vec())
        );
        // Made anew from a snapshot they would be pseudonyms of pseudonyms.
        assign(&mut snapshot, &key).unwrap();
        assert_eq!(snapshot.row_keys, keys);
        let hex: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let all = format!("{snapshot:?} {:?} {:?}", opened.study, opened.analysis);
        for secret in ["8000012", hex.as_str()] {
            assert!(!all.contains(secret), "{secret}");
        }
        let mut again = opened.study;
        again.call_by_key(&mut snapshot, false);
        assert_eq!(again.notes.get("P003").map(String::as_str), Some("call"));
        assert_eq!(snapshot.pseudonyms()[..2], ["P001", "P002"]);
    }
}
