//! What has to be so in every store of a relay.

/// Makes two tests of each function that takes a [`Kept`](crate::relay::Kept): one in a file, and one in a database, where
/// there is PostgreSQL.
macro_rules! in_every_store {
    ($($name:ident,)*) => {
        mod in_a_file {
            $(#[test]
            fn $name() {
                super::$name(crate::relay::Kept::File);
            })*
        }

        #[cfg(unix)]
        mod in_a_database {
            $(#[test]
            fn $name() {
                if let Some(kept) = crate::relay::Kept::database() {
                    super::$name(kept);
                }
            })*
        }
    };
}
