// The tools ask nothing of other machines: who tries is named on the error output, and fails
const net = require('node:net');
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  const host = typeof options === 'object' ? options.host ?? options.path : given[1];
  if (host === undefined || ['127.0.0.1', '::1', 'localhost'].includes(host)) {
    return connect.apply(this, given);
  }
  process.stderr.write(`offline: ${host} was asked for\n`);
  process.nextTick(() => this.destroy(new Error(`offline: ${host}`)));
  return this;
};
