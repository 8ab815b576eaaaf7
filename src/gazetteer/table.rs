//! Reads a packed postcode file (`layout.rs` draws it) where it lies, without unpacking it.
//!
//! Bytes are never trusted: whatever they hold, a look-up gives an answer or nothing, and never panics.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::layout::*;
use super::postcode::{Postcode, UNITS_IN_A_SECTOR};

/// Where something is, as a table knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) radius_km: f64,
    /// A place in [`PostcodeTable::district_code`]'s list.
    pub(super) district: Option<u16>,
    pub(super) terminated: bool,
}

/// One packed postcode file.
pub(super) struct PostcodeTable {
    bytes: Cow<'static, [u8]>,
    districts: Range<usize>,
    outcodes: Range<usize>,
    sectors: Range<usize>,
    lists: Range<usize>,
    records: Range<usize>,
    pub(super) live: u32,
    pub(super) ended: u32,
}

impl PostcodeTable {
    /// Checks the header against the length. Whether every byte is as written is for [`PostcodeTable::verify`].
    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Result<PostcodeTable, &'static str> {
        if bytes.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err("it does not begin as a gazetteer file of this version does");
        }
        let count = |at| u32_at(&bytes, at).map(|n| n as usize).ok_or("it is cut short");
        let mut end = HEADER;
        let mut section = |count: usize, size: usize| {
            let start = end;
            end += count * size;
            start..end
        };
        let outcodes = count(8)?;
        let sectors = count(12)?;
        let lists = count(16)?;
        let districts = section(count(20)?, DISTRICT);
        let outcodes = section(outcodes, OUTCODE);
        let sectors = section(sectors, SECTOR);
        let lists = section(lists, 2);
        let records = section(count(24)?, 1);
        let (live, ended) = (count(28)? as u32, count(32)? as u32);
        if bytes.len() != end + CHECKSUM {
            return Err("it is cut short, or something was added at its end");
        }
        Ok(PostcodeTable { bytes, districts, outcodes, sectors, lists, records, live, ended })
    }

    /// Whether the checksum at the end is right.
    pub(super) fn verify(&self) -> bool {
        let (body, checksum) = self.bytes.split_at(self.records.end);
        Sha256::digest(body).as_slice() == checksum
    }

    /// What the packer called its source, such as `ONS Postcode Directory`.
    pub(super) fn label(&self) -> &str {
        let label = &self.bytes[HEADER - LABEL..HEADER];
        std::str::from_utf8(label).unwrap_or_default().trim_end_matches('\0')
    }

    pub(super) fn district_codes(&self) -> impl Iterator<Item = &str> {
        let codes = self.bytes[self.districts.clone()].chunks_exact(DISTRICT);
        codes.map(|code| std::str::from_utf8(code).unwrap_or_default())
    }

    /// Whether there is such a sector, or outcode, at all.
    pub(super) fn has_sector(&self, postcode: &Postcode) -> bool {
        postcode.sector_key().is_some_and(|key| self.sector(key).is_some())
    }

    /// The unit, sector or outcode; `None` if the table does not have it.
    pub(super) fn find(&self, postcode: &Postcode) -> Option<Spot> {
        match (postcode.sector_key(), postcode.unit_number()) {
            (Some(key), Some(unit)) => self.unit(self.sector(key)?, unit),
            (Some(key), None) => self.sector_spot(self.sector(key)?),
            (None, _) => self.outcode_spot(self.outcode(postcode.outcode_key())?),
        }
    }

    /// Outcodes that begin with these letters (`M1` → M1, M11, M12 …), in order.
    pub(super) fn outcodes_from<'a>(&'a self, start: &'a str) -> impl Iterator<Item = Postcode> + 'a {
        let entries = self.bytes[self.outcodes.clone()].chunks_exact(OUTCODE);
        let from = entries.clone().position(|e| &e[..4] >= start.as_bytes());
        entries
            .skip(from.unwrap_or(usize::MAX))
            .take_while(move |e| e.starts_with(start.as_bytes()))
            .filter_map(|e| Postcode::from_outcode_key(e[..4].try_into().ok()?))
    }

    /// The sectors of an outcode, in order.
    pub(super) fn sectors_of(&self, outcode: &Postcode) -> Vec<Postcode> {
        let digits = (b'0'..=b'9').filter_map(|digit| {
            let [a, b, c, d] = outcode.outcode_key();
            let key = [a, b, c, d, digit];
            self.sector(key)?;
            Postcode::from_keys(key, None)
        });
        digits.collect()
    }

    /// The units of a sector, in order, ended ones too.
    pub(super) fn units_of(&self, sector: &Postcode) -> Vec<Postcode> {
        let Some((key, entry)) = sector.sector_key().and_then(|k| Some((k, self.sector(k)?))) else {
            return Vec::new();
        };
        let bitmap = &entry[SECTOR - BITMAP..];
        let units = (0..UNITS_IN_A_SECTOR).filter(|unit| has_bit(bitmap, *unit));
        units.filter_map(|unit| Postcode::from_keys(key, Some(unit))).collect()
    }

    fn outcode(&self, key: [u8; 4]) -> Option<&[u8]> {
        search(&self.bytes[self.outcodes.clone()], OUTCODE, &key)
    }

    fn sector(&self, key: [u8; 5]) -> Option<&[u8]> {
        search(&self.bytes[self.sectors.clone()], SECTOR, &key)
    }

    fn outcode_spot(&self, entry: &[u8]) -> Option<Spot> {
        Some(Spot {
            latitude: degrees(i32_at(entry, 4)?),
            longitude: degrees(i32_at(entry, 8)?),
            radius_km: f64::from(u16_at(entry, 12)?) / RADIUS_STEPS_PER_KM,
            district: known(u16_at(entry, 14)?),
            terminated: *entry.get(16)? != 0,
        })
    }

    fn sector_spot(&self, entry: &[u8]) -> Option<Spot> {
        Some(Spot {
            latitude: degrees(i32_at(entry, 16)?),
            longitude: degrees(i32_at(entry, 20)?),
            radius_km: f64::from(u16_at(entry, 24)?) / RADIUS_STEPS_PER_KM,
            district: known(u16_at(entry, 26)?),
            terminated: *entry.get(36)? != 0,
        })
    }

    fn unit(&self, entry: &[u8], unit: u16) -> Option<Spot> {
        let bitmap = entry.get(SECTOR - BITMAP..)?;
        if !has_bit(bitmap, unit) {
            return None;
        }
        let &[latitude_bits, longitude_bits, district_bits] = entry.get(5..8)? else {
            return None;
        };
        let mut record = self.record(
            u32_at(entry, 28)? as usize,
            bits_before(bitmap, unit),
            u32::from(latitude_bits) + u32::from(longitude_bits) + u32::from(district_bits) + 1,
        )?;
        let mut take = |bits: u8| {
            let value = record & ((1 << bits) - 1);
            record >>= bits;
            value as u32
        };
        let north = take(latitude_bits);
        let east = take(longitude_bits);
        let district = take(district_bits) as usize;
        let terminated = take(1) == 1;

        let list = &self.bytes[self.lists.clone()];
        let at = (u32_at(entry, 32)? as usize).checked_add(district)?;
        Some(Spot {
            latitude: degrees(i32_at(entry, 8)?.checked_add_unsigned(north)?),
            longitude: degrees(i32_at(entry, 12)?.checked_add_unsigned(east)?),
            radius_km: UNIT_RADIUS_KM,
            district: known(u16_at(list, at.checked_mul(2)?)?),
            terminated,
        })
    }

    /// The bits of a unit's record, the first of them lowest.
    fn record(&self, start: usize, before: usize, width: u32) -> Option<u64> {
        if width > WIDEST_RECORD {
            return None;
        }
        let records = &self.bytes[self.records.clone()];
        let bit = before * width as usize;
        let here = records.get(start.checked_add(bit / 8)?..)?;
        let mut eight = [0; 8];
        let have = here.len().min(8);
        eight[..have].copy_from_slice(&here[..have]);
        Some(u64::from_le_bytes(eight) >> (bit % 8))
    }
}

/// A postcode unit is some 15 addresses: the true door is rarely farther than this from its point.
const UNIT_RADIUS_KM: f64 = 0.1;

/// Binary search among entries of one size that begin with their key.
fn search<'a>(entries: &'a [u8], size: usize, key: &[u8]) -> Option<&'a [u8]> {
    let (mut low, mut high) = (0, entries.len() / size);
    while low < high {
        let middle = (low + high) / 2;
        let entry = &entries[middle * size..(middle + 1) * size];
        match entry[..key.len()].cmp(key) {
            Ordering::Equal => return Some(entry),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}

fn has_bit(bitmap: &[u8], unit: u16) -> bool {
    let byte = bitmap.get(usize::from(unit / 8)).copied().unwrap_or(0);
    byte >> (unit % 8) & 1 == 1
}

fn bits_before(bitmap: &[u8], unit: u16) -> usize {
    let (whole, rest) = (usize::from(unit / 8), unit % 8);
    let full: u32 = bitmap[..whole].iter().map(|b| b.count_ones()).sum();
    let part = (bitmap[whole] & ((1 << rest) - 1)).count_ones();
    (full + part) as usize
}

fn degrees(steps: i32) -> f64 {
    f64::from(steps) / STEPS
}

fn known(district: u16) -> Option<u16> {
    (district != NO_DISTRICT).then_some(district)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    u32_at(bytes, at).map(u32::cast_signed)
}
