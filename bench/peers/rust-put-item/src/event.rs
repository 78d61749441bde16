use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Of an HTTP API (`pathParameters`, `body`) or of an AppSync resolver (`arguments`).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    path_parameters: Option<Path>,
    /// JSON text.
    body: Option<String>,
    arguments: Option<Arguments>,
}

#[derive(Deserialize)]
struct Path {
    id: Option<String>,
}

#[derive(Deserialize)]
struct Arguments {
    id: Option<String>,
    payload: Option<Value>,
}

/// The answer an HTTP API takes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    status_code: u16,
    body: String,
}

impl Answer {
    pub fn item(id: &str, payload: &Value) -> Self {
        Self { status_code: 200, body: serde_json::json!({ "id": id, "payload": payload }).to_string() }
    }

    pub fn error(status_code: u16, message: &str) -> Self {
        Self { status_code, body: serde_json::json!({ "message": message }).to_string() }
    }
}

impl Event {
    /// `None` for an id that is absent or blank.
    pub fn id(&self) -> Option<&str> {
        let of_path = self.path_parameters.as_ref().and_then(|path| path.id.as_deref());
        let of_arguments = || self.arguments.as_ref().and_then(|arguments| arguments.id.as_deref());
        of_path.or_else(of_arguments).filter(|id| !id.trim().is_empty())
    }

    /// Null where there is none.
    pub fn payload(&self) -> serde_json::Result<Value> {
        match (&self.body, &self.arguments) {
            (Some(body), _) => serde_json::from_str(body),
            (None, Some(arguments)) => Ok(arguments.payload.clone().unwrap_or_default()),
            (None, None) => Ok(Value::Null),
        }
    }
}
