//! What every service's text means, one row after the other in the order of the services, by memory map; and which
//! services come nearest to what is asked.

use crate::meaning::{BYTES, Gist, Likeness, Question};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use tantivy::Directory as _;
use tantivy::directory::{MmapDirectory, OwnedBytes};

/// From this many rows on, two threads look through them.
const ROWS_FOR_TWO_THREADS: usize = 100_000;
/// Rows between looks at the clock: a tenth of a millisecond.
const ROWS_BETWEEN_LOOKS: usize = 4_096;

/// A service and how alike it is to what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    pub service: u32,
    pub likeness: Likeness,
}

/// All rows. A service whose text says nothing has a row of zeros, which is like nothing.
pub struct Gists(OwnedBytes);

impl Gists {
    pub fn open(folder: &Path, name: &str) -> io::Result<Self> {
        let directory = MmapDirectory::open(folder).map_err(io::Error::other)?;
        let bytes = directory.open_read(Path::new(name)).map_err(io::Error::other)?.read_bytes()?;
        if bytes.len() % BYTES == 0 { Ok(Self(bytes)) } else { Err(io::Error::other(format!("`{name}` is cut off"))) }
    }

    pub fn len(&self) -> usize {
        self.0.len() / BYTES
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn rows(&self) -> &[[u8; BYTES]] {
        self.0.as_slice().as_chunks().0
    }

    /// What a service's text means; `None` if it says nothing.
    pub fn of(&self, service: usize) -> Option<Gist> {
        self.rows().get(service).filter(|row| row.iter().any(|byte| *byte != 0)).and_then(Gist::from_bytes)
    }

    /// How alike a service's text is to what is asked.
    pub fn likeness(&self, asked: &Question, service: u32) -> Likeness {
        self.rows().get(service as usize).map_or_else(Likeness::default, |row| asked.likeness(row))
    }

    /// The services that are at least so like what is asked, in their order: of `among`, or of all. None once the time is
    /// up.
    pub fn nearest(
        &self,
        asked: &Question,
        least: Likeness,
        among: Option<&[u32]>,
        out_of_time: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Near>> {
        let rows = self.rows();
        if let Some(among) = among {
            let mut near = Vec::new();
            for services in among.chunks(ROWS_BETWEEN_LOOKS) {
                let found = services.iter().filter_map(|&service| Some((service, rows.get(service as usize)?)));
                add_near(&mut near, asked, least, found);
                if out_of_time() {
                    return None;
                }
            }
            return Some(near);
        }
        let look = |from: usize, rows: &[[u8; BYTES]]| {
            let mut near = Vec::new();
            for (at, rows) in rows.chunks(ROWS_BETWEEN_LOOKS).enumerate() {
                add_near(&mut near, asked, least, (((from + at * ROWS_BETWEEN_LOOKS) as u32)..).zip(rows));
                if out_of_time() {
                    return None;
                }
            }
            Some(near)
        };
        if rows.len() < ROWS_FOR_TWO_THREADS {
            return look(0, rows);
        }
        let middle = rows.len() / 2;
        std::thread::scope(|threads| {
            let other = threads.spawn(|| look(middle, &rows[middle..]));
            let mut near = look(0, &rows[..middle])?;
            near.extend(other.join().ok()??);
            Some(near)
        })
    }
}

fn add_near<'a>(
    near: &mut Vec<Near>,
    asked: &Question,
    least: Likeness,
    rows: impl Iterator<Item = (u32, &'a [u8; BYTES])>,
) {
    let with_likeness = rows.map(|(service, row)| Near { service, likeness: asked.likeness(row) });
    near.extend(with_likeness.filter(|near| near.likeness >= least));
}

/// Writes the rows of all services, in their order.
pub fn write(path: &Path, gists: impl Iterator<Item = Option<Gist>>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 18, std::fs::File::create_new(path)?);
    for gist in gists {
        out.write_all(&gist.map_or([0; BYTES], Gist::to_bytes))?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::{DIMENSIONS, Sum, Vector};
    use proptest::prelude::*;

    /// What nobody's needs are known of.
    fn gist(direction: Vector) -> Gist {
        Gist { direction, needs: Default::default() }
    }

    fn a_direction() -> impl Strategy<Value = Vector> {
        proptest::collection::vec(-1.0_f32..1.0, DIMENSIONS).prop_filter_map("points nowhere", |numbers| {
            let mut direction = [0.0; DIMENSIONS];
            direction.copy_from_slice(&numbers);
            // Directions that have much in common, as texts of one directory have.
            direction[0] += 4.0;
            Vector::new(&direction)
        })
    }

    fn written(rows: &[Option<Vector>]) -> Gists {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("gists.bin"), rows.iter().map(|row| row.map(gist))).unwrap();
        Gists::open(folder.path(), "gists.bin").unwrap()
    }

    fn services(near: Option<Vec<Near>>) -> Vec<u32> {
        near.unwrap().into_iter().map(|near| near.service).collect()
    }

    proptest! {
        #[test]
        fn the_nearest_are_all_that_are_like_enough(
            rows in proptest::collection::vec(proptest::option::weighted(0.9, a_direction()), 0..40),
            asked in a_direction(),
            least in 0.1_f32..1.0,
        ) {
            let gists = written(&rows);
            let like = |row: &Option<Vector>| row.is_some_and(|row| row.likeness(&asked).cosine() >= least);
            let expected: Vec<u32> = (0_u32..).zip(&rows).filter(|(_, row)| like(row)).map(|(at, _)| at).collect();
            let all = services(gists.nearest(&gist(asked).question(), Likeness::new(least), None, &|| false));
            prop_assert_eq!(&all, &expected);
            let even: Vec<u32> = (0..rows.len() as u32).filter(|at| at % 2 == 0).collect();
            let of_even = services(gists.nearest(&gist(asked).question(), Likeness::new(least), Some(&even), &|| false));
            prop_assert_eq!(of_even, expected.into_iter().filter(|at| at % 2 == 0).collect::<Vec<_>>());
        }
    }

    #[test]
    fn two_threads_find_what_one_finds() {
        let mut numbers = [0.0; DIMENSIONS];
        numbers[3] = 1.0;
        let one = Vector::new(&numbers);
        let count = ROWS_FOR_TWO_THREADS + 5;
        let at = [0, 7, count / 2 - 1, count / 2, count - 1];
        let rows: Vec<Option<Vector>> = (0..count).map(|row| one.filter(|_| at.contains(&row))).collect();
        let found =
            services(written(&rows).nearest(&gist(one.unwrap()).question(), Likeness::new(0.2), None, &|| false));
        assert_eq!(found, at.map(|row| row as u32));
    }

    #[test]
    fn nothing_is_found_once_the_time_is_up() {
        let gists = written(&[None, None]);
        let mut numbers = [0.0; DIMENSIONS];
        numbers[0] = 1.0;
        assert!(
            gists
                .nearest(&gist(Vector::new(&numbers).unwrap()).question(), Likeness::new(0.5), None, &|| true)
                .is_none()
        );
    }

    #[test]
    fn a_text_for_the_need_comes_nearer_than_one_that_only_means_alike() {
        let text = |sentences: &[&str]| {
            let sum = |text: &str| Sum::of(text.split(' '));
            let whole = sum(&sentences.join(" "));
            whole.of_service(sentences.iter().map(|sentence| sum(sentence))).unwrap()
        };
        let long =
            "allotments and walks|a choir on mondays|fuel vouchers for people with prepayment meters|toddler group";
        let for_it = text(&long.split('|').collect::<Vec<_>>());
        let asked = Sum::of("no money for the meter".split(' ')).of_question().unwrap();
        let alike = |gist: Gist| asked.question().likeness(&gist.to_bytes());
        let without_needs = Gist { needs: Default::default(), ..for_it };
        assert!(alike(for_it).cosine() > alike(without_needs).cosine() + 0.1);
        assert_eq!(Gist::from_bytes(&for_it.to_bytes()), Some(for_it));
    }

    #[test]
    fn a_file_that_is_cut_off_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("gists.bin"), [0; BYTES + 1]).unwrap();
        assert!(Gists::open(folder.path(), "gists.bin").is_err());
    }
}
