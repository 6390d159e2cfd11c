import { readConfig } from '@/lib/config/load';
import { ConfigError } from '@/lib/config/read/config-error';
import type { Facts } from '@/lib/facts/facts';

/** A small file without mistakes; the rows of the tables change one thing in it. */
export const VALID = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models:
  - id: assistant
    destinations:
      - bedrock: eu.anthropic.claude-sonnet-4-6
      - bedrock: openai.gpt-oss-120b-1:0
workspaces:
  - id: sciences
    edition: edu
    retention: 365d
    models: [assistant]
projects:
  - id: helpdesk-bot
    models: [assistant]
alerts: [security@example.eu]
`;

/** A text with its first `from` replaced; a row whose `from` is gone would test nothing. */
export function edited(from: string, to: string, text = VALID): string {
  if (!text.includes(from)) throw new Error(`there is no '${from}' to replace`);
  return text.replace(from, () => to);
}

/** The lines that the loader prints for a text; none when it accepts it. */
export function linesOf(text: string, facts?: Facts): string[] {
  return linesFrom(() =>
    readConfig(text, 'residency.yaml', undefined, [], (boundary) => (facts ? boundary._withFacts(facts) : boundary)),
  );
}

/** The lines of the ConfigError that an act ends with; any other error is passed on. */
export function linesFrom(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}
