// Runs one of jsii's tools, for a caller that can't import a module: node scripts/jsii/run-tool.mjs jsii-pacmak --help
import { runTool } from './tools.mjs';

const [name, ...args] = process.argv.slice(2);
process.stdout.write(runTool(name, args, process.cwd()));
