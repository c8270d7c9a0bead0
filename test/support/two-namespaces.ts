import { randomBytes } from 'node:crypto';
import { ServiceBusStandIn } from '../../src/dev-stack/service-bus/service-bus.js';
import { disableNagle } from '../../src/relay-broker/no-delay.js';
import { makeCertificates } from './service-bus-fixture.js';
import { trustInThisProcess } from './trust-ca.js';

const key = (name: string) => ({ name, key: randomBytes(32).toString('base64') });

/** Two namespaces that carry one region, either of which can go away and come back. */
export class TwoNamespaces {
  readonly keys = {
    controlPlane: key('control-plane'),
    manage: key('manage'),
    agentsListen: key('agents-listen'),
    agentsSend: key('agents-send'),
  };
  private readonly buses = new Map<string, ServiceBusStandIn>();
  private readonly ports = new Map<string, number>();
  private tls: { key: string; cert: string } | undefined;
  /** PEM, for clients that are told whom to trust. */
  ca = '';
  private distrust: () => void = () => undefined;

  async start(): Promise<void> {
    const { ca, ...tls } = await makeCertificates();
    this.tls = tls;
    this.ca = ca;
    disableNagle();
    this.distrust = trustInThisProcess(ca);
    await this.open('weu-1');
    await this.open('weu-2');
  }

  /** Comes back empty, as a namespace that was restored. */
  async open(name: string): Promise<void> {
    const { controlPlane, manage, agentsListen, agentsSend } = this.keys;
    const bus = new ServiceBusStandIn({
      tls: this.tls ?? { key: '', cert: '' },
      port: this.ports.get(name) ?? 0,
      rules: [
        { ...controlPlane, rights: ['Send', 'Listen'] },
        { ...manage, rights: ['Manage'] },
        { ...agentsListen, rights: ['Listen'] },
        { ...agentsSend, rights: ['Send'] },
      ],
    });
    await bus.start();
    this.ports.set(name, bus.port);
    this.buses.set(name, bus);
  }

  async close(name: string): Promise<void> {
    await this.buses.get(name)?.stop();
    this.buses.delete(name);
  }

  queuesOf(name: string, gatewayId: string): string[] {
    return (
      this.buses
        .get(name)
        ?.queueNames()
        .filter((queue) => queue.includes(gatewayId)) ?? []
    );
  }

  config(): object {
    const mode = 'sas';
    const namespace = (name: string) => ({
      name,
      endpoint: `sb://localhost:${this.ports.get(name)}`,
      regions: ['westeurope'],
      mode,
      keys: this.keys,
    });
    return { namespaces: [namespace('weu-1'), namespace('weu-2')] };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.buses.keys()].map((name) => this.close(name)));
    this.distrust();
  }
}
