//! The ids of what a call script consists of.

use crate::ids::id;

id!(
    /// A step of a script.
    pub struct StepId
);

id!(
    /// An objection of a script.
    pub struct ObjectionId
);

id!(
    /// Something that a call is to find out, a field of a script.
    pub struct CallFieldId
);
