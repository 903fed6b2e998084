"""Events and exhibitions for the calendars of people's telephones and computers (iCalendar, RFC 5545 and 7986)."""
