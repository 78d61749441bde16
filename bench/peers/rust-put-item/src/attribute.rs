use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;

/// A JSON value in DynamoDB's own types.
pub fn of(value: Value) -> AttributeValue {
    match value {
        Value::Null => AttributeValue::Null(true),
        Value::Bool(value) => AttributeValue::Bool(value),
        Value::Number(number) => AttributeValue::N(number.to_string()),
        Value::String(text) => AttributeValue::S(text),
        Value::Array(items) => AttributeValue::L(items.into_iter().map(of).collect()),
        Value::Object(members) => AttributeValue::M(members.into_iter().map(|(name, value)| (name, of(value))).collect()),
    }
}
