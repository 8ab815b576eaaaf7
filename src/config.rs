//! Settings: defaults, then the config file, then the environment, then flags; each may set any of them, and the later
//! one wins. A key that is not known is refused with the nearest one that is, rather than ignored.

use crate::matching::score::Weights;
use crate::model::Email;
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tracing::level_filters::LevelFilter;

/// What every environment variable of ours begins with.
pub const ENVIRONMENT: &str = "SIGNPOST_";

/// Settings that a server runs with.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Folder of the CSV files. Default: `data/directory`.
    pub directory: PathBuf,
    /// Folder of the index, which is made from them. Default: `index`.
    pub index: PathBuf,
    /// Address and port to listen on. Default: `127.0.0.1:8080`, this machine only.
    pub listen: SocketAddr,
    /// How the log is written: `text` or `json`. Default: `text`.
    pub log: LogFormat,
    /// The least important events in the log: `off`, `error`, `warn`, `info`, `debug` or `trace`. Default: `info`.
    pub log_level: LevelFilter,
    /// A postcode file that `signpost gazetteer import` made. Default: the places inside the program.
    pub gazetteer: Option<PathBuf>,
    /// Whether files with far fewer services than before may replace what is served. Default: no.
    pub accept_shrink: bool,
    /// Where the kiosk stands: a postcode or a place. Default: it is not offered.
    pub kiosk_place: Option<String>,
    /// What people call that place, as in "Salford probation office". Default: the place itself.
    pub kiosk_name: Option<String>,
    /// Where the quick way out of a page leads: a path of this server or an address. Default: `/`.
    pub exit_to: String,
    /// The address of this server as phones reach it, for the code on a kiosk's sheet. Default: none, and no code.
    pub public_url: Option<String>,
    /// Whom a page tells to write to if something on it is wrong. Default: nobody.
    pub contact_email: Option<String>,
    /// Tiles of an own server under the maps, as `https://tiles.example.org/{z}/{x}/{y}.png`. Default: none.
    pub map_tiles: Option<String>,
    /// What counts how much in matching: `weights.goals` and so on.
    pub weights: Weights,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            directory: PathBuf::from("data/directory"),
            index: PathBuf::from("index"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            log: LogFormat::Text,
            log_level: LevelFilter::INFO,
            gazetteer: None,
            accept_shrink: false,
            kiosk_place: None,
            kiosk_name: None,
            exit_to: EXIT_TO.to_string(),
            public_url: None,
            contact_email: None,
            map_tiles: None,
            weights: Weights::default(),
        }
    }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// The settings that one source gives; `None` leaves them as they were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    pub directory: Option<PathBuf>,
    pub index: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub log: Option<LogFormat>,
    pub log_level: Option<LevelFilter>,
    pub gazetteer: Option<PathBuf>,
    pub accept_shrink: Option<bool>,
    pub kiosk_place: Option<String>,
    pub kiosk_name: Option<String>,
    pub exit_to: Option<String>,
    pub public_url: Option<String>,
    pub contact_email: Option<String>,
    pub map_tiles: Option<String>,
    /// Parts of the score of matching with their points.
    pub weights: Vec<(String, f64)>,
}

/// The name of every setting. One with a point stands in a table of the config file, `goals` under `[weights]`; in the
/// environment the point is a `_`.
pub const KEYS: &[&str] = &[
    "directory",
    "index",
    "listen",
    "log",
    "log_level",
    "gazetteer",
    "accept_shrink",
    "kiosk.place",
    "kiosk.name",
    "exit_to",
    "public_url",
    "contact.email",
    "map.tiles",
    "weights.goals",
    "weights.distance",
    "weights.when",
    "weights.cost",
    "weights.preference",
    "weights.stated",
    "weights.places",
    "weights.checked",
];

/// Where the quick way out leads unless it is set: a plain page of this server, since a kiosk may be shut off from
/// every other.
pub const EXIT_TO: &str = "/";

/// What is wrong with a setting: where it was given, what is wrong, how to mend it.
#[derive(Debug, PartialEq, thiserror::Error)]
pub struct ConfigError {
    /// As in `signpost.toml: listen` or `SIGNPOST_LISTEN`.
    pub place: String,
    pub message: String,
    pub help: Option<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl Config {
    /// The settings of all sources together. `file` has been named by somebody, so it must be there.
    ///
    /// # Errors
    /// The first setting that is not known or cannot be understood.
    pub fn gather(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
        flags: Settings,
    ) -> Result<Self, ConfigError> {
        let mut environment = Settings::from_environment(environment)?;
        let file = file.map(Path::to_path_buf).or(environment.1.take());
        let mut config = Config::default();
        if let Some(file) = file {
            config.set(Settings::from_file(&file)?);
        }
        config.set(environment.0);
        config.set(flags);
        Ok(config)
    }

    fn set(&mut self, settings: Settings) {
        let Settings {
            directory,
            index,
            listen,
            log,
            log_level,
            gazetteer,
            accept_shrink,
            kiosk_place,
            kiosk_name,
            exit_to,
            public_url,
            contact_email,
            map_tiles,
            weights,
        } = settings;
        self.directory = directory.unwrap_or(std::mem::take(&mut self.directory));
        self.index = index.unwrap_or(std::mem::take(&mut self.index));
        self.listen = listen.unwrap_or(self.listen);
        self.log = log.unwrap_or(self.log);
        self.log_level = log_level.unwrap_or(self.log_level);
        self.gazetteer = gazetteer.or(self.gazetteer.take());
        self.accept_shrink = accept_shrink.unwrap_or(self.accept_shrink);
        self.kiosk_place = kiosk_place.or(self.kiosk_place.take());
        self.kiosk_name = kiosk_name.or(self.kiosk_name.take());
        self.exit_to = exit_to.unwrap_or(std::mem::take(&mut self.exit_to));
        self.public_url = public_url.or(self.public_url.take());
        self.contact_email = contact_email.or(self.contact_email.take());
        self.map_tiles = map_tiles.or(self.map_tiles.take());
        for (name, points) in weights {
            self.weights.set(&name, points);
        }
    }
}

impl Settings {
    /// Reads a config file: TOML, one key a setting.
    fn from_file(file: &Path) -> Result<Self, ConfigError> {
        let name = file.display().to_string();
        let fail = |message: String, help: &str| ConfigError {
            place: name.clone(),
            message,
            help: (!help.is_empty()).then(|| help.to_string()),
        };
        let text = std::fs::read_to_string(file)
            .map_err(|error| fail(format!("cannot be read: {error}"), "check the path after `--config`"))?;
        Self::from_toml(&text, &name)
    }

    /// Reads the text of a config file.
    ///
    /// # Errors
    /// It is no TOML, or a setting is not known or cannot be understood.
    pub fn from_toml(text: &str, name: &str) -> Result<Self, ConfigError> {
        let table: toml::Table = toml::from_str(text).map_err(|error| ConfigError {
            place: name.to_string(),
            message: error.to_string().trim_end().to_string(),
            help: Some("write `key = \"value\"`, one a line".to_string()),
        })?;
        let mut settings = Self::default();
        for (key, value) in table {
            match value {
                toml::Value::Table(inner) => {
                    for (inner, value) in inner {
                        settings.put_value(&format!("{key}.{inner}"), value, name)?;
                    }
                }
                value => settings.put_value(&key, value, name)?,
            }
        }
        Ok(settings)
    }

    fn put_value(&mut self, key: &str, value: toml::Value, name: &str) -> Result<(), ConfigError> {
        let place = format!("{name}: {key}");
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Boolean(flag) => flag.to_string(),
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(number) => number.to_string(),
            _ => {
                let message = "is neither a text, a number nor true or false";
                return Err(not_understood(&place, message, "write it in quotes"));
            }
        };
        self.put(key, &text, &place)
    }

    /// Reads the variables that begin with `SIGNPOST_`; `SIGNPOST_CONFIG` names a config file and is given apart.
    ///
    /// # Errors
    /// A setting is not known or cannot be understood.
    pub fn from_environment(
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(Self, Option<PathBuf>), ConfigError> {
        let mut settings = Self::default();
        let mut file = None;
        for (variable, value) in variables {
            let Some(key) = variable.strip_prefix(ENVIRONMENT) else { continue };
            match key.to_ascii_lowercase().as_str() {
                "config" => file = Some(PathBuf::from(value)),
                key => {
                    let known = KEYS.iter().find(|known| known.replace('.', "_") == key);
                    settings.put(known.copied().unwrap_or(key), &value, &variable)?;
                }
            }
        }
        Ok((settings, file))
    }

    fn put(&mut self, key: &str, value: &str, place: &str) -> Result<(), ConfigError> {
        match key {
            "directory" => self.directory = Some(PathBuf::from(value)),
            "index" => self.index = Some(PathBuf::from(value)),
            "listen" => self.listen = Some(address(value, place)?),
            "log" => {
                self.log = Some(match value {
                    "text" => LogFormat::Text,
                    "json" => LogFormat::Json,
                    _ => return Err(not_understood(place, "is neither `text` nor `json`", "write `text` or `json`")),
                });
            }
            "log_level" => {
                self.log_level = Some(LevelFilter::from_str(value).map_err(|_| {
                    not_understood(place, "is no level", "write `off`, `error`, `warn`, `info`, `debug` or `trace`")
                })?);
            }
            "gazetteer" => self.gazetteer = Some(PathBuf::from(value)),
            "accept_shrink" => {
                self.accept_shrink = Some(match value {
                    "true" | "yes" | "1" => true,
                    "false" | "no" | "0" => false,
                    _ => return Err(not_understood(place, "is neither true nor false", "write `true` or `false`")),
                });
            }
            "kiosk.place" => self.kiosk_place = Some(value.to_string()),
            "kiosk.name" => self.kiosk_name = Some(value.to_string()),
            "exit_to" => self.exit_to = Some(link(value, place, true)?),
            "public_url" => self.public_url = Some(link(value, place, false)?.trim_end_matches('/').to_string()),
            "contact.email" => {
                let email = Email::new(value).ok_or_else(|| {
                    not_understood(place, "is not an e-mail address", "write one such as `team@example.org`")
                })?;
                self.contact_email = Some(email.to_string());
            }
            "map.tiles" => self.map_tiles = Some(tiles(value, place)?),
            _ => match key.strip_prefix("weights.") {
                Some(part) if Weights::NAMES.contains(&part) => {
                    self.weights.push((part.to_string(), points(value, place)?));
                }
                _ => return Err(unknown(key, place)),
            },
        }
        Ok(())
    }
}

fn address(value: &str, place: &str) -> Result<SocketAddr, ConfigError> {
    let help = "write an address and a port, such as `127.0.0.1:8080`, or `0.0.0.0:8080` for every network";
    value.parse().map_err(|_| not_understood(place, "is not an address with a port", help))
}

fn points(value: &str, place: &str) -> Result<f64, ConfigError> {
    let points = value.parse().ok().filter(|points| Weights::default().set(Weights::NAMES[0], *points));
    points.ok_or_else(|| not_understood(place, "is not a number of points", "write a number from 0 to 1000"))
}

/// An address that pages may link to: of the web, or a path of this server where that makes sense.
fn link(value: &str, place: &str, or_path: bool) -> Result<String, ConfigError> {
    let is_path = or_path && value.starts_with('/') && !value.starts_with("//");
    let is_address = value.starts_with("https://") || value.starts_with("http://");
    if (is_path || is_address) && !value.contains(char::is_whitespace) {
        return Ok(value.to_string());
    }
    Err(not_understood(place, "is not an address", "write one such as `https://signpost.example.org`"))
}

/// The address of a tile server's tiles. What stands before its path goes into the policy of every page, so it may be
/// nothing but a scheme and a host.
fn tiles(value: &str, place: &str) -> Result<String, ConfigError> {
    let help = "write one such as `https://tiles.example.org/{z}/{x}/{y}.png`, of a server of your own";
    let host = value.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
    let whole = ["{z}", "{x}", "{y}"].iter().all(|part| value.contains(part));
    if plain && whole {
        return link(value, place, false);
    }
    Err(not_understood(place, "is not the address of map tiles", help))
}

fn not_understood(place: &str, message: &str, help: &str) -> ConfigError {
    ConfigError { place: place.to_string(), message: message.to_string(), help: Some(help.to_string()) }
}

fn unknown(key: &str, place: &str) -> ConfigError {
    let nearest = KEYS.iter().min_by_key(|known| strsim::osa_distance(known, key));
    let help = match nearest.filter(|known| strsim::osa_distance(known, key) <= 3) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("the settings are {}", KEYS.join(", ")),
    };
    ConfigError { place: place.to_string(), message: "is not a setting".to_string(), help: Some(help) }
}

#[cfg(test)]
mod tests {
    use super::{Config, LogFormat, Settings, Weights};
    use std::path::PathBuf;

    fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    fn refused(toml: &str) -> String {
        Settings::from_toml(toml, "signpost.toml").map_or_else(|error| error.to_string(), |read| format!("{read:?}"))
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_defaults() {
        let environment = variables(&[("SIGNPOST_INDEX", "from-env"), ("SIGNPOST_LOG", "json"), ("HOME", "x")]);
        let flags = Settings { index: Some(PathBuf::from("from-flag")), ..Settings::default() };
        let config = Config::gather(None, environment, flags);
        let expected = Config { index: PathBuf::from("from-flag"), log: LogFormat::Json, ..Config::default() };
        assert_eq!(config, Ok(expected));
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        assert_eq!(
            refused("lisen = \"127.0.0.1:80\""),
            "signpost.toml: lisen: is not a setting\nhelp: did you mean `listen`?"
        );
        let environment = variables(&[("SIGNPOST_LOGLEVEL", "info")]);
        let error = Config::gather(None, environment, Settings::default()).err();
        assert_eq!(
            error.map(|error| error.to_string()).as_deref(),
            Some("SIGNPOST_LOGLEVEL: is not a setting\nhelp: did you mean `log_level`?")
        );
    }

    #[test]
    fn a_value_that_cannot_be_is_refused_with_the_cure() {
        assert!(refused("listen = \"8080\"").contains("such as `127.0.0.1:8080`"));
        assert!(refused("listen = 8080").contains("such as `127.0.0.1:8080`"));
        assert!(refused("listen = [8080]").contains("write it in quotes"));
        assert!(refused("log = \"xml\"").contains("write `text` or `json`"));
        assert!(refused("accept_shrink = \"maybe\"").contains("write `true` or `false`"));
        assert!(refused("contact.email = \"team\"").contains("contact.email: is not an e-mail address"));
        let tiles = "map.tiles = \"https://tiles.example.org/{z}/{x}/{y}.png\"";
        assert!(refused(tiles).contains("https://tiles.example.org/{z}/{x}/{y}.png"));
        assert!(refused("map.tiles = \"https://tiles.example.org/\"").contains("of a server of your own"));
        assert!(refused("map.tiles = \"https://a; script-src */{z}/{x}/{y}\"").contains("is not the address"));
        assert!(refused("not toml").contains("signpost.toml: "));
        assert!(refused("accept_shrink = true").contains("accept_shrink: Some(true)"));
        assert!(refused("exit_to = \"javascript:alert(1)\"").contains("is not an address"));
        assert!(refused("public_url = \"/\"").contains("is not an address"));
        assert!(refused("[kiosk]\nplaec = \"M1 4BT\"").contains("did you mean `kiosk.place`?"));
        assert!(refused("[weights]\ngoals = 1001").contains("weights.goals: is not a number of points"));
        assert!(refused("[weights]\ncost = \"NaN\"").contains("write a number from 0 to 1000"));
        assert!(refused("[weights]\ndistanse = 2").contains("did you mean `weights.distance`?"));
    }

    #[test]
    fn the_settings_of_the_kiosk_may_stand_under_its_name() {
        let here = Settings { kiosk_place: Some("M1 4BT".to_string()), ..Settings::default() };
        for toml in ["[kiosk]\nplace = \"M1 4BT\"", "kiosk.place = \"M1 4BT\""] {
            assert_eq!(Settings::from_toml(toml, "signpost.toml"), Ok(here.clone()));
        }
        assert_eq!(Settings::from_environment(variables(&[("SIGNPOST_KIOSK_PLACE", "M1 4BT")])), Ok((here, None)));
    }

    #[test]
    fn weights_are_set_one_by_one() {
        let environment = variables(&[("SIGNPOST_WEIGHTS_COST", "12.5")]);
        let flags = Settings::from_toml("[weights]\ndistance = 40", "signpost.toml").unwrap_or_default();
        let config = Config::gather(None, environment, flags).unwrap_or_default();
        let expected = Weights { cost: 12.5, distance: 40.0, ..Weights::default() };
        assert_eq!(config.weights, expected);
    }
}
