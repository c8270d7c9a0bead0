import { Controller, Get, Param } from '@nestjs/common';
import { DomainError } from '../../../common/errors/domain-error.js';
import { Answers } from '../../../common/http/answers.decorator.js';
import { AppConfig } from '../../../config/env.js';
import { SOURCE_KINDS, type SourceKind } from '../../../contract/targets.js';
import { SOURCE_KIND_ENTRIES } from '../../connections/source-kinds.policy.js';
import { connectorFile, type ConnectorFile } from './connector-files.js';
import { apiPropertiesSchema, connectorListSchema, swaggerSchema } from './connector.answers.js';

/** Connectors as Power Apps and Power Automate import them, one for each kind of source. */
@Controller('v1/connectors')
export class ConnectorDefinitionsController {
  /** They change with the release only. */
  private readonly read = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(private readonly config: AppConfig) {}

  @Get()
  @Answers({ 200: connectorListSchema })
  list() {
    const value = SOURCE_KIND_ENTRIES.map(({ kind, displayName }) => {
      const base = `${this.config.publicUrl}/v1/connectors/${kind}`;
      return {
        name: kind,
        displayName,
        apiDefinitionUrl: `${base}/apiDefinition.swagger.json`,
        apiPropertiesUrl: `${base}/apiProperties.json`,
        runtimeDefinitionUrl: `${base}/runtime.swagger.json`,
      };
    });
    return { value };
  }

  /** The definition of a connector, to import as a custom one together with its properties. */
  @Get(':connectorName/apiDefinition.swagger.json')
  @Answers({ 200: swaggerSchema })
  definition(@Param('connectorName') name: string) {
    return this.file(name, 'apiDefinition.swagger.json');
  }

  /** What the platform asks whoever makes a connection, and how it finds this service. */
  @Get(':connectorName/apiProperties.json')
  @Answers({ 200: apiPropertiesSchema })
  properties(@Param('connectorName') name: string) {
    return this.file(name, 'apiProperties.json');
  }

  /** The definition for clients that call the connector's routes themselves, with the connection in the path. */
  @Get(':connectorName/runtime.swagger.json')
  @Answers({ 200: swaggerSchema })
  runtime(@Param('connectorName') name: string) {
    return this.file(name, 'runtime.swagger.json');
  }

  private file(name: string, file: ConnectorFile): Readonly<Record<string, unknown>> {
    const kind = connectorNamed(name);
    const key = `${kind}/${file}`;
    const known = this.read.get(key) ?? connectorFile(kind, file, this.config);
    this.read.set(key, known);
    return known;
  }
}

/** @throws DomainError CONNECTOR_NOT_FOUND */
function connectorNamed(name: string): SourceKind {
  const kind = SOURCE_KINDS.find((one) => one === name.toLowerCase());
  if (!kind) throw new DomainError('CONNECTOR_NOT_FOUND', { name: name.slice(0, 100) });
  return kind;
}
