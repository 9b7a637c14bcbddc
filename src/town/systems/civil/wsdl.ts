import { escapeXml } from './xml.js';

export interface ServiceDescription {
  name: string;
  namespace: string;
  /** Operation → its text parameters, in order. */
  operations: Record<string, readonly string[]>;
}

const indent = (lines: string[]): string => lines.join('\n');

function types(service: ServiceDescription): string {
  return indent(
    Object.entries(service.operations).flatMap(([operation, parameters]) => [
      `<xs:element name="${operation}"><xs:complexType><xs:sequence>`,
      ...parameters.map((name) => `<xs:element minOccurs="0" name="${name}" nillable="true" type="xs:string"/>`),
      `</xs:sequence></xs:complexType></xs:element>`,
      `<xs:element name="${operation}Response"><xs:complexType><xs:sequence>`,
      `<xs:element minOccurs="0" name="return" nillable="true" type="xs:string"/>`,
      `</xs:sequence></xs:complexType></xs:element>`,
    ]),
  );
}

/** The WSDL 1.1 of a service as Axis2 writes it: document/literal, one port, SOAP 1.1. */
export function wsdl(service: ServiceDescription, address: string): string {
  const { name, namespace } = service;
  const operations = Object.keys(service.operations);
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ns="${namespace}" targetNamespace="${namespace}">
<wsdl:types><xs:schema attributeFormDefault="qualified" elementFormDefault="qualified" targetNamespace="${namespace}">
${types(service)}
</xs:schema></wsdl:types>
${indent(
  operations.flatMap((operation) => [
    `<wsdl:message name="${operation}Request"><wsdl:part name="parameters" element="ns:${operation}"/></wsdl:message>`,
    `<wsdl:message name="${operation}Response"><wsdl:part name="parameters" element="ns:${operation}Response"/></wsdl:message>`,
  ]),
)}
<wsdl:portType name="${name}PortType">
${indent(
  operations.map(
    (operation) =>
      `<wsdl:operation name="${operation}"><wsdl:input message="ns:${operation}Request"/><wsdl:output message="ns:${operation}Response"/></wsdl:operation>`,
  ),
)}
</wsdl:portType>
<wsdl:binding name="${name}Soap11Binding" type="ns:${name}PortType">
<soap:binding transport="http://schemas.xmlsoap.org/soap/http" style="document"/>
${indent(
  operations.map(
    (operation) =>
      `<wsdl:operation name="${operation}"><soap:operation soapAction="urn:${operation}" style="document"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`,
  ),
)}
</wsdl:binding>
<wsdl:service name="${name}"><wsdl:port name="${name}HttpSoap11Endpoint" binding="ns:${name}Soap11Binding"><soap:address location="${escapeXml(address)}"/></wsdl:port></wsdl:service>
</wsdl:definitions>
`;
}
