use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;

use crate::attribute;
use crate::event::{Answer, Event};

pub struct Table {
    pub client: Client,
    pub name: String,
}

/// The cause of an `internal error` is logged, never sent.
pub async fn answer(event: Event, table: &Table) -> Answer {
    let Some(id) = event.id() else {
        return Answer::error(400, "id is required");
    };
    match put(id, &event, table).await {
        Ok(answer) => answer,
        Err(error) => {
            eprintln!("{error:?}");
            Answer::error(500, "internal error")
        }
    }
}

async fn put(id: &str, event: &Event, table: &Table) -> Result<Answer, lambda_runtime::Error> {
    let payload = event.payload()?;
    let answer = Answer::item(id, &payload);
    table
        .client
        .put_item()
        .table_name(&table.name)
        .item("id", AttributeValue::S(id.to_owned()))
        .item("payload", attribute::of(payload))
        .send()
        .await?;
    Ok(answer)
}
