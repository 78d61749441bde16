import appsync = require('appsync-local');

const starting: Promise<appsync.Server> = appsync.start();
// @ts-expect-error a number
void appsync.start({ port: '0' });
void starting.then((server) => server.close());
