const { toReport } = require('./errors.cjs');
const { Agent, request } = require('node:http');

/**
 * The runtime's side of the Lambda Runtime API. When the host cannot be reached, no work remains and the process ends.
 *
 * @param {string} address - host, port and path prefix
 */
function connect(address) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const base = `http://${address}/2018-06-01/runtime`;

  function send(method, path, body, headers = {}) {
    return new Promise((resolve) => {
      const options = { method, agent, headers: { ...headers, 'Content-Type': 'application/json' } };
      const sent = request(`${base}${path}`, options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', hostIsGone);
        response.on('end', () =>
          resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
        );
      });
      sent.on('error', hostIsGone);
      sent.end(body);
    });
  }

  return {
    async next() {
      const { headers, body } = await send('GET', '/invocation/next');
      return {
        event: JSON.parse(body),
        requestId: headers['lambda-runtime-aws-request-id'],
        functionArn: headers['lambda-runtime-invoked-function-arn'],
        deadlineMs: Number(headers['lambda-runtime-deadline-ms']),
        traceId: headers['lambda-runtime-trace-id'],
      };
    },
    postResponse: (id, body) =>
      send('POST', `/invocation/${id}/response`, body, {
        'x-max-memory-kb': String(process.resourceUsage().maxRSS),
      }),
    postError: (id, error) => send('POST', `/invocation/${id}/error`, JSON.stringify(toReport(error))),
    postInitError: (error) => send('POST', '/init/error', JSON.stringify(toReport(error))),
  };
}

function hostIsGone() {
  process.exit(1);
}

module.exports = { connect };
