//! Makes `data/english/words.fst` and `sounds.fst` of the lines of `words.tsv`, which `data/english/build.py` writes:
//! `cargo run --release --example english_words < words.tsv`.

use signpost::search::spelling::english::compile;
use std::fs;
use std::io::{Read, stdin};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut lines = String::new();
    stdin().read_to_string(&mut lines)?;
    let (words, sounds) = compile(&lines)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/english");
    fs::write(folder.join("words.fst"), words)?;
    fs::write(folder.join("sounds.fst"), sounds)?;
    Ok(())
}
