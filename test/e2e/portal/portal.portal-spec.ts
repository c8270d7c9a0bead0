import { afterAll, beforeAll, describe } from 'vitest';
import { PortalWorld } from '../../support/browser/portal-world.js';
import { arrival } from './stories/arrival.js';
import { connecting } from './stories/connecting.js';
import { everyPage } from './stories/every-page.js';
import { failures } from './stories/failures.js';
import { installing } from './stories/installing.js';
import { interruptions } from './stories/interruptions.js';
import { looking } from './stories/looking.js';
import { manyGateways } from './stories/many-gateways.js';
import { names } from './stories/names.js';
import { operating } from './stories/operating.js';
import { origins } from './stories/origins.js';
import { slowNetwork } from './stories/slow-network.js';

/** The stories in the order of a day: what one makes, the next one uses. */
describe('the portal', () => {
  let world: PortalWorld | undefined;
  const here = (): PortalWorld => {
    if (!world) throw new Error('the stack was not started');
    return world;
  };
  beforeAll(async () => {
    world = await PortalWorld.start();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  describe('arriving', () => arrival(here));
  describe('installing a gateway', () => installing(here));
  describe('making a connection', () => connecting(here));
  describe('operating', () => operating(here));
  describe('looking things up', () => looking(here));
  describe('failures', () => failures(here));
  describe('every page', () => everyPage(here));
  describe('strange names', () => names(here));
  describe('10,000 gateways', () => manyGateways(here));
  describe('a slow network', () => slowNetwork(here));
  describe('interruptions', () => interruptions(here));
  describe('in the end', () => origins(here));
});
