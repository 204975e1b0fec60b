"""Passwords of ten characters or more that are guessed first, folded to small letters."""

_LIST = """
1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 1234567890a 12345678901
123456789012 1234512345 1231231234 123123123123 1122334455 11223344556 1020304050 1029384756 1357924680
147258369a 1472583690 159753456852 741852963a 789456123a 0147258369 3141592653 5201314520 52013145201314
1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y 1qazxsw23edc qazwsxedcrfv qwertyuiop qwertyuiop123 qwerty12345 qwerty123456
qwerty1234 1234qwerasdf asdfghjkl1 asdfghjkl123 asdfghjklqwerty zxcvbnm123 zxcvbnm1234 qweasdzxc123 qwe123qwe123
asd123asd123 zaq12wsxcde3 zaq1zaq1zaq1 aa12345678 aa123456789 a1234567890 abc1234567 abc123456789 abcd123456
abcd12345678 abcdefghij abcdefg123 abcde12345 abc123abc123 woaini1314 woaini520520 woaini5201314 woaini123456
password10 password12 password123 password1234 password12345 password123456 passwordpassword password2024
password2025 password2026 password!1 password123! passw0rd123 p@ssw0rd123 p@ssword123 passw0rd!1 p@ssw0rd2024
p@ssw0rd2025 p@ssw0rd2026 mypassword mypassword1 yourpassword newpassword newpassword1 changeme123 changemenow
changeit123 letmein123 letmeinnow welcome123 welcome1234 welcome12345 welcome2024 welcome2025 welcome2026
welcome@123 admin12345 admin123456 admin1234567 adminadmin admin@12345 admin@123456 administrator administrator1
superadmin superadmin1 root123456 rootroot12 test123456 testtest123 testing123 demodemo123 demo123456 guest12345
user123456 default123 iloveyou12 iloveyou123 iloveyou1234 iloveyouso sunshine12 sunshine123 princess12
princess123 football12 football123 baseball12 baseball123 basketball basketball1 superman12 superman123
batman12345 dragon12345 master12345 monkey12345 shadow12345 michael123 jennifer12 jordan2323 charlie123
computer123 internet12 internet123 samsung123 whatever12 trustno1trustno1 starwars12 starwars123 secret12345
secretpassword summer2024 summer2025 summer2026 winter2024! winter2025! winter2026! spring2026! company123
business123 customer123 salesforce salesforce1 liverpool1 liverpool12 manchester chocolate1 butterfly1
strawberry qq123456789 q123456789 wang123456 zhang123456 li123456789 china123456 beijing2008 shanghai123
"""
WORST_PASSWORDS = frozenset(_LIST.split())
