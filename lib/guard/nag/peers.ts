import '../cdk/peers';
import { requirePeer } from '../cdk/require-peer';

requirePeer('cdk-nag', '3.0.2', () => require('cdk-nag/package.json'));
