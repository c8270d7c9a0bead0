import { Module } from '@nestjs/common';
import { AzureResourcesModule } from '../azure-resources/azure-resources.module.js';
import { ConnectionGatewayInstallationsController } from './connection-gateway-installations.controller.js';
import { ConnectionGatewaysController } from './connection-gateways.controller.js';

/** Connection gateways in the shape of Azure Resource Manager, for Logic Apps and azure-cli. */
@Module({
  imports: [AzureResourcesModule],
  controllers: [ConnectionGatewaysController, ConnectionGatewayInstallationsController],
})
export class ArmApiModule {}
