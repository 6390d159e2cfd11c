import { Socket } from 'node:net';

/**
 * Every address that this process connects to from now on, whatever library opens the connection.
 *
 * @returns the addresses, and how to stop watching
 */
export function watchContacts(): { readonly contacts: string[]; readonly stop: () => void } {
  const contacts: string[] = [];
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    // Node passes its own callers' arguments on as one normalised list.
    const [options] = (Array.isArray(args[0]) ? args[0] : args) as [{ host?: string; port?: number; path?: string }];
    contacts.push(options.path ?? `${options.host}:${options.port}`);
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  const stop = () => {
    Socket.prototype.connect = connect;
  };
  return { contacts, stop };
}
