//! What the browser tests need from outside: Debian's chromium with its driver, and axe-core from npm, pinned. The script
//! `tests/pages/install` gets what is missing, once, whichever test comes first.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder that cargo builds into.
pub fn target() -> &'static Path {
    // `CARGO_TARGET_TMPDIR` is a folder in it.
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

/// A folder for what this very program makes: another build of the tests has another, and takes away those before.
pub fn of_this_program(name: &str) -> PathBuf {
    let program = std::fs::metadata(std::env::current_exe().unwrap()).unwrap();
    let built = program.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", built.as_nanos()));
    let others = std::fs::read_dir(env!("CARGO_TARGET_TMPDIR")).unwrap().filter_map(Result::ok);
    for other in others.filter(|other| other.file_name().to_string_lossy().starts_with(&format!("{name}-"))) {
        if other.path() != folder {
            // Another test may be taking it away at the same time.
            let _ = std::fs::remove_dir_all(other.path());
        }
    }
    folder
}

/// Sees that everything is there.
pub fn ensure() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/install");
        let run = Command::new(script).arg(target()).output().unwrap();
        assert!(
            run.status.success(),
            "{}{}",
            String::from_utf8_lossy(&run.stdout),
            String::from_utf8_lossy(&run.stderr)
        );
    });
}

/// The source of axe-core.
pub fn axe() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        ensure();
        let file: PathBuf = target().join("tools/axe/node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    })
}
