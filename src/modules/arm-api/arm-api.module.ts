import { Module } from '@nestjs/common';

/** Connection gateways in the shape of Azure Resource Manager, for Logic Apps and azure-cli. */
@Module({})
export class ArmApiModule {}
