import type { Agent } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Limits the time in which an agent's connections are established. The time starts with the connection, not with a request that may
 * reuse one. A process that was busy looks again before it gives up, because the connection may be established and not yet reported.
 *
 * @returns the agent
 */
export function connectWithin<A extends Agent>(agent: A, ms: number): A {
  const create = agent.createConnection;
  agent.createConnection = (options, callback) => {
    const socket = create.call(agent, options, callback) as Socket;
    const giveUp = () => {
      if (socket.connecting) socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
    };
    const timer = setTimeout(() => setImmediate(giveUp), ms).unref();
    socket.once('connect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
    return socket;
  };
  return agent;
}
