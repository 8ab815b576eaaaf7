//! The layout of a packed postcode file, shared by the packer (`pack.rs`) and the reader (`table.rs`).
//!
//! All numbers are little-endian. Positions are whole steps of 0.00001 degrees (1.1 m north, 0.65 m east).
//!
//! ```text
//! header      64 bytes   magic, counts, the label of the source
//! districts    9 bytes each   official codes; a district is known by its place in this list
//! outcodes    24 bytes each   sorted by key
//! sectors     88 bytes each   sorted by key; each with a bitmap of which of its 400 units there are
//! lists        2 bytes each   the districts a sector touches, sector after sector
//! records     bits       per unit: latitude and longitude above the sector's south-west corner, which of the sector's
//!                        districts, whether it has ended; as many bits as the sector needs; bytes start with each sector
//! checksum    32 bytes   SHA-256 of everything before
//! ```
//!
//! So a unit is found by one binary search over sectors, a count of bits and one shift, straight from the bytes: nothing
//! is unpacked at start, and the 2.6 million postcodes of Great Britain take some 9 MB.

pub(super) const MAGIC: &[u8; 8] = b"SIGNGAZ1";
pub(super) const HEADER: usize = 64;
pub(super) const LABEL: usize = 24;
pub(super) const DISTRICT: usize = 9;
pub(super) const OUTCODE: usize = 24;
pub(super) const SECTOR: usize = 88;
pub(super) const BITMAP: usize = 50;
pub(super) const CHECKSUM: usize = 32;

/// No district is stated.
pub(super) const NO_DISTRICT: u16 = u16::MAX;

/// The widest record the reader takes: it reads eight bytes and may start at any of the first one's bits.
pub(super) const WIDEST_RECORD: u32 = 57;

/// Steps in a degree.
pub(super) const STEPS: f64 = 100_000.0;

/// Radii are kept in units of 10 m.
pub(super) const RADIUS_STEPS_PER_KM: f64 = 100.0;

/// Mean radius of the Earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// How far apart two points are, in kilometres; flat, since both lie in one sector or outcode.
pub(super) fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let north = (to.0 - from.0).to_radians();
    let east = (to.1 - from.1).to_radians() * from.0.to_radians().cos();
    EARTH_KM * north.hypot(east)
}
