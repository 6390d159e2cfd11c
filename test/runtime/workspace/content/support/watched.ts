import type { Message } from '@aws-sdk/client-bedrock-runtime';
import type { Upstream } from '../../../../../lib/runtime/gateway/request-context';
import { echoUpstream } from '../../../../../lib/runtime/local/echo';

/** The echo, with what it was sent. */
export class WatchedEcho {
  public readonly sent: Message[][] = [];

  public readonly upstream: Upstream = {
    ...echoUpstream,
    converse: (destination, request, signal) => {
      this.sent.push([...(request.messages ?? [])]);
      return echoUpstream.converse(destination, request, signal);
    },
    converseStream: (destination, request, signal) => {
      this.sent.push([...(request.messages ?? [])]);
      return echoUpstream.converseStream(destination, request, signal);
    },
  };

  /** The texts of the user that were sent last. */
  public get last(): string[] {
    return (this.sent.at(-1) ?? [])
      .filter(({ role }) => role === 'user')
      .flatMap(({ content = [] }) => content.flatMap(({ text }) => text ?? []));
  }
}
