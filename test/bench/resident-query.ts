/** One resident as all four systems know him. */
export const RESIDENT_QUERY = `query($id: ID!) { resident(id: $id) {
  id name sex birthDate idNumber
  registration { addressText } occupancies { role } subscriptions { msisdn status }
  marriages { operation operationDate } assistance { category }
} }`;
