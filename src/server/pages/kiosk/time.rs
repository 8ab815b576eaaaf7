//! When a person is free, in the words in which people say it.

/// A part of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Morning,
    Afternoon,
    Evening,
    Weekend,
}

impl Part {
    /// In the order in which they are asked: each with its code, its hours, and the key of what is said.
    pub const ALL: [(Part, &'static str, &'static str, &'static str); 4] = [
        (Part::Morning, "morning", "08:00-12:00", "kiosk.when_morning"),
        (Part::Afternoon, "afternoon", "12:00-17:00", "kiosk.when_afternoon"),
        (Part::Evening, "evening", "17:00-22:00", "kiosk.when_evening"),
        (Part::Weekend, "weekend", "08:00-22:00", "kiosk.when_weekend"),
    ];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, ..)| *known == code).map(|(part, ..)| *part)
    }

    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(part, ..)| *part == self).map_or("", |(_, code, ..)| code)
    }

    /// Parts as opening hours; none if any time will do.
    pub fn hours(parts: &[Part]) -> Option<String> {
        let chosen = Self::ALL.iter().filter(|(part, ..)| parts.contains(part));
        let (weekend, weekdays): (Vec<_>, Vec<_>) = chosen.partition(|(part, ..)| *part == Part::Weekend);
        let mut rules = Vec::new();
        if !weekdays.is_empty() {
            let times: Vec<&str> = weekdays.iter().map(|(_, _, hours, _)| *hours).collect();
            rules.push(format!("Mo-Fr {}", times.join(",")));
        }
        rules.extend(weekend.iter().map(|(_, _, hours, _)| format!("Sa,Su {hours}")));
        (!rules.is_empty()).then(|| rules.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::Part;
    use crate::model::hours::OpeningHours;

    #[test]
    fn every_choice_is_hours_that_can_be_read() {
        let all: Vec<Part> = Part::ALL.iter().map(|(part, ..)| *part).collect();
        assert_eq!(Part::hours(&[]), None);
        assert_eq!(Part::hours(&all).as_deref(), Some("Mo-Fr 08:00-12:00,12:00-17:00,17:00-22:00; Sa,Su 08:00-22:00"));
        for part in all {
            assert_eq!(Part::from_code(part.code()), Some(part));
            assert!(OpeningHours::parse(&Part::hours(&[part]).unwrap_or_default()).is_ok());
        }
    }
}
