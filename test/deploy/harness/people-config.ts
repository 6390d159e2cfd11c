import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT, WORK } from './folders';

const METADATA = path.join(ROOT, 'test/releases/support/configurations/university/idp-metadata.xml');

/** What a configuration gets in addition. */
export interface Additions {
  /** Members come from an identity provider and its SCIM. */
  readonly scim: boolean;
}

/** How the users of an identity provider are named in the pool. */
export const PROVIDED = { prefix: 'Organisation_' };

/** Writes a configuration of the sample with keys for members, background jobs, office files and open projects. */
export function withPeople(text: string, name: string, { scim }: Additions): string {
  const config = parse(text);
  Object.assign(config.workspaces[0], { keys: {}, background: {}, officeFiles: true });
  if (scim) {
    cpSync(METADATA, path.join(WORK, 'idp-metadata.xml'));
    Object.assign(config.workspaces[0], {
      identity: {
        saml: './idp-metadata.xml',
        groups: { member: ['chat-users'], admin: ['chat-admins'], auditor: ['auditors'] },
      },
      scim: {},
    });
    config.places = [{ host: 'idp.universite.example', country: 'FR', reason: 'a made-up host of the test' }];
  }
  const limits = { requestsPerMinute: 60, tokensPerDay: 1_000_000 };
  config.projects = { declared: config.projects, open: { models: ['assistant'], limits, maximum: 500 } };
  const file = path.join(WORK, name);
  writeFileSync(file, stringify(config));
  return file;
}
