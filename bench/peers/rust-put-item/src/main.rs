//! Puts an item, as the two TypeScript contenders of this bench do: the id comes from the path or from the arguments, the
//! body is the payload.

mod attribute;
mod event;
mod put;

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use put::Table;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let name = std::env::var("ITEMS_TABLE").map_err(|_| "environment variable ITEMS_TABLE is not set: give it a table's name")?;
    let table = &Table { client: Client::new(&config), name };
    run(service_fn(move |event: LambdaEvent<event::Event>| async move {
        Ok::<_, Error>(put::answer(event.payload, table).await)
    }))
    .await
}
