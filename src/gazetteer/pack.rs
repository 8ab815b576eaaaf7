//! Packs postcodes with positions into the file that `table.rs` reads.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::layout::*;
use super::postcode::Postcode;

/// A unit farther than this from the middle of its sector, and alone there, is a slip in the source, not a place.
pub(super) const FARTHEST_ALONE_KM: f64 = 25.0;
/// Sectors of the Highlands and Islands do sprawl: with another unit of the sector so near, a unit may lie ...
const COMPANY_KM: f64 = 10.0;
/// ... as far as this from the middle.
const FARTHEST_IN_COMPANY_KM: f64 = 100.0;

/// One postcode as the sources give it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    /// A place in [`Packer::districts`], or [`NO_DISTRICT`].
    pub(super) district: u16,
    pub(super) terminated: bool,
}

/// Collects units, in any order, and packs them.
#[derive(Default)]
pub(super) struct Packer {
    /// By sector and by unit number; some 24 bytes a unit.
    sectors: BTreeMap<[u8; 5], BTreeMap<u16, Unit>>,
    districts: Vec<[u8; DISTRICT]>,
}

/// What was packed.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    pub(super) live: u32,
    pub(super) ended: u32,
    /// Units left out for lying too far from their sector.
    pub(super) outliers: Vec<Postcode>,
}

impl Packer {
    /// The number of a district's official code; nothing but nine ASCII characters is one.
    pub(super) fn district(&mut self, code: &str) -> u16 {
        let Ok(code) = <[u8; DISTRICT]>::try_from(code.as_bytes()) else {
            return NO_DISTRICT;
        };
        if !code.is_ascii() {
            return NO_DISTRICT;
        }
        // Sources are sorted by postcode, so the district looked for is nearly always a late one.
        let at = self.districts.iter().rposition(|known| *known == code);
        let at = at.unwrap_or_else(|| {
            self.districts.push(code);
            self.districts.len() - 1
        });
        u16::try_from(at).unwrap_or(NO_DISTRICT)
    }

    /// Whether the postcode was new. A later row for the same postcode replaces an earlier one.
    pub(super) fn add(&mut self, postcode: &Postcode, unit: Unit) -> bool {
        let (Some(key), Some(number)) = (postcode.sector_key(), postcode.unit_number()) else {
            return false;
        };
        self.sectors.entry(key).or_default().insert(number, unit).is_none()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sectors.is_empty()
    }

    pub(super) fn pack(mut self, label: &str) -> Packed {
        let outliers = self.drop_outliers();
        let mut sectors = Vec::new();
        let mut lists = Vec::new();
        let mut records = Vec::new();
        for (key, units) in &self.sectors {
            pack_sector(*key, units, &mut sectors, &mut lists, &mut records);
        }
        let outcodes = self.pack_outcodes();
        let ended = self.units().filter(|u| u.terminated).count();
        let live = self.units().count() - ended;

        let counts = [
            outcodes.len() / OUTCODE,
            sectors.len() / SECTOR,
            lists.len() / 2,
            self.districts.len(),
            records.len(),
            live,
            ended,
            0,
        ];
        let mut bytes = MAGIC.to_vec();
        for count in counts {
            bytes.extend((count as u32).to_le_bytes());
        }
        let mut name = [0; LABEL];
        let label = label.as_bytes();
        let length = label.len().min(LABEL);
        name[..length].copy_from_slice(&label[..length]);
        bytes.extend(name);
        bytes.extend(self.districts.as_flattened());
        for section in [outcodes, sectors, lists, records] {
            bytes.extend(section);
        }
        let checksum = Sha256::digest(&bytes);
        bytes.extend(checksum.as_slice());
        Packed { bytes, live: live as u32, ended: ended as u32, outliers }
    }

    fn units(&self) -> impl Iterator<Item = &Unit> {
        self.sectors.values().flat_map(BTreeMap::values)
    }

    fn drop_outliers(&mut self) -> Vec<Postcode> {
        let mut outliers = Vec::new();
        for (key, units) in &mut self.sectors {
            let middle = median(&units.values().collect::<Vec<_>>());
            let away = |unit: &Unit| kilometres(middle, (unit.latitude, unit.longitude));
            let alone = |number: u16, unit: &Unit| {
                let near = |other: &Unit| {
                    let to = (other.latitude, other.longitude);
                    kilometres((unit.latitude, unit.longitude), to) <= COMPANY_KM
                };
                !units.iter().any(|(n, other)| *n != number && near(other))
            };
            let far = units.iter().filter(|(number, unit)| {
                let km = away(unit);
                km > FARTHEST_IN_COMPANY_KM || (km > FARTHEST_ALONE_KM && alone(**number, unit))
            });
            let far: Vec<u16> = far.map(|(number, _)| *number).collect();
            for number in far {
                units.remove(&number);
                outliers.extend(Postcode::from_keys(*key, Some(number)));
            }
        }
        self.sectors.retain(|_, units| !units.is_empty());
        outliers
    }

    fn pack_outcodes(&self) -> Vec<u8> {
        let mut by_outcode: BTreeMap<[u8; 4], Vec<&Unit>> = BTreeMap::new();
        for ([a, b, c, d, _], units) in &self.sectors {
            by_outcode.entry([*a, *b, *c, *d]).or_default().extend(units.values());
        }
        let mut packed = Vec::new();
        for (key, units) in by_outcode {
            let middle = Middle::of(&units);
            packed.extend(key);
            packed.extend(steps(middle.point.0).to_le_bytes());
            packed.extend(steps(middle.point.1).to_le_bytes());
            packed.extend(middle.radius.to_le_bytes());
            packed.extend(middle.district.to_le_bytes());
            packed.push(u8::from(middle.terminated));
            packed.resize(packed.len().next_multiple_of(OUTCODE), 0);
        }
        packed
    }
}

fn pack_sector(
    key: [u8; 5],
    units: &BTreeMap<u16, Unit>,
    sectors: &mut Vec<u8>,
    lists: &mut Vec<u8>,
    records: &mut Vec<u8>,
) {
    let all: Vec<&Unit> = units.values().collect();
    let latitudes: Vec<i32> = all.iter().map(|u| steps(u.latitude)).collect();
    let longitudes: Vec<i32> = all.iter().map(|u| steps(u.longitude)).collect();
    let south = latitudes.iter().copied().min().unwrap_or(0);
    let west = longitudes.iter().copied().min().unwrap_or(0);
    let mut districts: Vec<u16> = all.iter().map(|u| u.district).collect();
    districts.sort_unstable();
    districts.dedup();

    let widths = [
        bits_for(latitudes.iter().map(|l| l.abs_diff(south)).max()),
        bits_for(longitudes.iter().map(|l| l.abs_diff(west)).max()),
        bits_for(Some(districts.len() as u32 - 1)),
    ];
    let middle = Middle::of(&all);
    sectors.extend(key);
    sectors.extend(widths);
    sectors.extend(south.to_le_bytes());
    sectors.extend(west.to_le_bytes());
    sectors.extend(steps(middle.point.0).to_le_bytes());
    sectors.extend(steps(middle.point.1).to_le_bytes());
    sectors.extend(middle.radius.to_le_bytes());
    sectors.extend(middle.district.to_le_bytes());
    sectors.extend((records.len() as u32).to_le_bytes());
    sectors.extend((lists.len() as u32 / 2).to_le_bytes());
    sectors.extend([u8::from(middle.terminated), 0]);
    let mut bitmap = [0_u8; BITMAP];
    for number in units.keys() {
        bitmap[usize::from(number / 8)] |= 1 << (number % 8);
    }
    sectors.extend(bitmap);
    lists.extend(districts.iter().flat_map(|d| d.to_le_bytes()));

    let mut bits = BitWriter::default();
    for ((unit, latitude), longitude) in all.iter().zip(latitudes).zip(longitudes) {
        let district = districts.binary_search(&unit.district).unwrap_or(0) as u32;
        bits.put(latitude.abs_diff(south), widths[0]);
        bits.put(longitude.abs_diff(west), widths[1]);
        bits.put(district, widths[2]);
        bits.put(u32::from(unit.terminated), 1);
    }
    records.extend(bits.finish());
}

/// The middle of a sector or outcode: of its live units, or of all if none is live.
struct Middle {
    point: (f64, f64),
    radius: u16,
    district: u16,
    terminated: bool,
}

impl Middle {
    fn of(units: &[&Unit]) -> Middle {
        let live: Vec<&Unit> = units.iter().copied().filter(|u| !u.terminated).collect();
        let terminated = live.is_empty();
        let units = if terminated { units } else { live.as_slice() };
        let point = median(units);
        let mut away: Vec<f64> = units.iter().map(|u| kilometres(point, (u.latitude, u.longitude))).collect();
        away.sort_unstable_by(f64::total_cmp);
        // 95 in 100 lie within the radius.
        let radius = away.get(away.len() * 95 / 100).copied().unwrap_or(0.0).max(0.1);
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for unit in units {
            *counts.entry(unit.district).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        Middle {
            point,
            radius: (radius * RADIUS_STEPS_PER_KM).ceil() as u16,
            district: most.map_or(NO_DISTRICT, |(district, _)| district),
            terminated,
        }
    }
}

fn median(units: &[&Unit]) -> (f64, f64) {
    let middle = |mut values: Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    (middle(units.iter().map(|u| u.latitude).collect()), middle(units.iter().map(|u| u.longitude).collect()))
}

fn steps(degrees: f64) -> i32 {
    (degrees * STEPS).round() as i32
}

fn bits_for(largest: Option<u32>) -> u8 {
    (u32::BITS - largest.unwrap_or(0).leading_zeros()) as u8
}

/// Writes numbers of so many bits one after the other, the lowest bit first.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    waiting: u64,
    bits: u32,
}

impl BitWriter {
    fn put(&mut self, value: u32, bits: u8) {
        self.waiting |= u64::from(value) << self.bits;
        self.bits += u32::from(bits);
        while self.bits >= 8 {
            self.bytes.push(self.waiting as u8);
            self.waiting >>= 8;
            self.bits -= 8;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.bits > 0 {
            self.bytes.push(self.waiting as u8);
        }
        self.bytes
    }
}
