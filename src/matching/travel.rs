//! How long a way takes.

use crate::model::Coded;
use crate::model::coded_enum;

coded_enum! {
    /// How a person gets about.
    Travel { Walk = "walk", Cycle = "cycle", Bus = "bus", Car = "car" }
}

/// Streets are longer than the crow flies: 1.3 is the usual ratio of walked to straight distance in towns (Newell,
/// *Traffic Flow on Transportation Networks*, 1980, gives 1.2 to 1.3 for street networks).
const DETOUR: f64 = 1.3;

impl Travel {
    /// Door to door, in km/h: a walk of 3 mph (Department for Transport, *Journey Time Statistics*, 4.8 km/h), a steady
    /// ride (the same, 15–16 km/h), a town bus with its stops, a car in town traffic.
    fn speed_km_h(self) -> f64 {
        match self {
            Travel::Walk => 4.8,
            Travel::Cycle => 15.0,
            Travel::Bus => 18.0,
            Travel::Car => 30.0,
        }
    }

    /// Minutes before the way begins: waiting at the stop.
    fn wait_minutes(self) -> f64 {
        if self == Travel::Bus { 10.0 } else { 0.0 }
    }

    /// Minutes for a straight-line distance in km.
    pub fn minutes(self, straight_km: f64) -> f64 {
        self.wait_minutes() + straight_km * DETOUR / self.speed_km_h() * 60.0
    }

    /// The travel of a code.
    pub fn from_text(code: &str) -> Option<Self> {
        Self::from_code(code)
    }
}

#[cfg(test)]
mod tests {
    use super::Travel;

    #[test]
    fn a_kilometre_takes_a_quarter_of_an_hour_on_foot() {
        assert_eq!(Travel::Walk.minutes(1.0).round(), 16.0);
        assert_eq!(Travel::Cycle.minutes(1.0).round(), 5.0);
        assert_eq!(Travel::Bus.minutes(1.0).round(), 14.0);
        assert_eq!(Travel::Car.minutes(1.0).round(), 3.0);
    }
}
