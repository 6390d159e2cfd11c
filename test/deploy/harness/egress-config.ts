import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { WORK } from './folders';

/** The zones of the egress network. */
export const ZONES = ['eu-central-1a', 'eu-central-1b'] as const;

/** The providers outside AWS, in the order in which a request tries them, before Bedrock. Each address is made up, and public. */
export const OUTSIDE = [
  {
    name: 'openai',
    host: 'eu.api.openai.com',
    address: '162.159.140.245',
    model: 'gpt-5.4',
    destination: 'openai/gpt-5.4',
  },
  {
    name: 'mistral-eu',
    host: 'api.eu.mistral.ai',
    address: '162.159.140.246',
    model: 'mistral-medium-3-5',
    destination: 'mistral-eu/mistral-medium-3-5',
  },
] as const;

const ACCEPTED = { reason: 'the works council agreed', approver: 'dpo@example.eu' };

/** Writes a configuration of the sample whose workspace and project call OpenAI Europe and Mistral before Bedrock. */
export function withEgress(text: string, name: string): string {
  const config = parse(text);
  const [assistant] = config.models;
  config.egress = { zones: [...ZONES] };
  config.openai = { acceptsWiderEurope: ACCEPTED, zeroRetention: true, schemasMayLeave: false };
  config.providers = {
    declared: [
      { name: 'mistral-eu', service: 'mistral', zeroRetention: { contract: 'M-1' }, acceptsWiderEurope: ACCEPTED },
    ],
  };
  assistant.destinations.unshift({ openai: 'gpt-5.4' }, { provider: 'mistral-eu', model: 'mistral-medium-3-5' });
  const file = path.join(WORK, name);
  writeFileSync(file, stringify(config));
  return file;
}
