//! The ids of the standard's objects: UUIDs that are the same whenever and wherever they are made.

use uuid::Uuid;

/// The namespace of all our ids (RFC 9562, version 5). Never changed: by it others know our records again.
pub const NAMESPACE: Uuid = Uuid::from_u128(0x5f1d_6b0a_8c3e_4e0f_9a57_2d41_7c90_e6b3);

/// The id of an object: its kind and our id of it, as in `service/shed`.
pub fn id(kind: &str, of: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{kind}/{of}").as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn ids_never_change() {
        assert_eq!(id("service", "shed"), id("service", "shed"));
        assert_ne!(id("service", "shed"), id("organization", "shed"));
        assert_eq!(id("service", "shed"), "d8447ad7-6c7f-5360-ad5c-8cb05b5a344f");
    }
}
