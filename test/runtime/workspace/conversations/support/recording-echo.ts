import type { Message } from '@aws-sdk/client-bedrock-runtime';
import { echoUpstream } from '@/lib/local/echo/echo';
import type { ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';

/** The echo, which records its requests. */
export class RecordingEcho {
  public readonly sent: Message[][] = [];
  /** The system texts of each request. */
  public readonly systems: string[][] = [];

  public readonly upstream: Upstream = {
    ...echoUpstream,
    converse: (destination, request, signal) => {
      this.take(request);
      return echoUpstream.converse(destination, request, signal);
    },
    converseStream: (destination, request, signal) => {
      this.take(request);
      return echoUpstream.converseStream(destination, request, signal);
    },
  };

  private take({ messages = [], system = [] }: ConverseRequest): void {
    this.sent.push([...messages]);
    this.systems.push(system.flatMap(({ text }) => text ?? []));
  }

  /** The user's texts in the last request. */
  public get last(): string[] {
    return (this.sent.at(-1) ?? [])
      .filter(({ role }) => role === 'user')
      .flatMap(({ content = [] }) => content.flatMap(({ text }) => text ?? []));
  }
}
