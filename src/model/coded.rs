//! Closed lists of codes (`drop_in`, `peers`, `step_free` …): each is an enum whose spelling in CSV, API and pages is
//! one lasting code.

/// An enum with one code for each value.
pub trait Coded: Copy + Eq + Sized + 'static {
    /// Every value, in the order in which people are shown them.
    const ALL: &'static [Self];

    /// The code of this value, as it stands in CSV files and in the API.
    fn code(self) -> &'static str;

    /// The value of a code; `None` if there is no such code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// Writes an enum with its codes, its `Coded`, `Display`, serde and OpenAPI schema: one table instead of six `match`es.
macro_rules! coded_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $code:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema)]
        pub enum $name { $($(#[$value_doc])* #[serde(rename = $code)] $value),+ }

        impl $crate::model::Coded for $name {
            const ALL: &'static [Self] = &[$($name::$value),+];
            fn code(self) -> &'static str {
                match self { $($name::$value => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::model::Coded::code(*self))
            }
        }
    };
}
pub(crate) use coded_enum;
