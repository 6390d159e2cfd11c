import { noteCopy } from './copies';
import { requirePeer } from './require-peer';

// Before anything else is loaded: a name that is missing in an older CDK would cause a TypeError.
requirePeer('aws-cdk-lib', '2.271.0', () => require('aws-cdk-lib/package.json'));
requirePeer('constructs', '10.5.1', () => require('constructs/package.json'));
noteCopy();
