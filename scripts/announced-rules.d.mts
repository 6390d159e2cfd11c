import type { Plugin } from 'esbuild';

export declare function announcedRules(source?: string): string[];
export declare function withoutRules(source: string, ids: readonly string[]): string;
export declare const withoutAnnounced: Plugin;
